import { t } from "@lingui/core/macro";
import { lazy, Suspense, useState } from "react";
import { commands, type Price, type PriceKind, type Product, unwrap } from "../ipc";
import { Button, Card, contextMenu, DateField, dayToMs, formatMoney, formatWhen, IconButton, Lines, Loaded, Menu, type MenuEntry, Modal, Money, MoneyField, msToDay, say, SelectField, TextField, useKept, useRefusal } from "../kit";
import { useAddPrice, usePrices, useWithdrawnPrices } from "./api";
import css from "./product.module.css";
import { priceKinds, priceWord } from "./words";

const PriceChart = lazy(() => import("./PriceChart"));

/** The price log: what was seen, where and when. Nothing in it is ever overwritten, so a price in a post can be proved; one that was noted wrongly is taken back, and stays to be seen. */
export function Prices({ product }: { product: Product }) {
  const prices = usePrices(product.id);
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  const taken = useWithdrawnPrices(product.id).data ?? [];
  const putBack = (price: Price) => unwrap(commands.restorePrice(price.id)).catch(say.failed);
  const withdraw = async (price: Price) => {
    try {
      await unwrap(commands.withdrawPrice(price.id));
      say.done(t`收回了 ${formatMoney(price.amount, price.currency)}，不再算凭据`, () => unwrap(commands.restorePrice(price.id)));
    } catch (error) { say.failed(error); }
  };
  const entries = (price: Price): MenuEntry[] => [{ label: t`记错了，收回这笔`, icon: "trash", danger: true, onClick: () => void withdraw(price) }];
  return (
    <Card title={t`价格记录`} note={t`只添不改，写价格时的凭据；记错的收回来`} actions={<Button small icon="plus" onClick={() => setAdding(true)} data-testid="price-add">{t`记一个价`}</Button>}>
      <Loaded query={prices} empty={<p className="muted">{t`还没记过价。看到好价随手记一笔，写「最低」时才有底。`}</p>}>
        {(log) => {
          const newest = log.toSorted((a, b) => Date.parse(b.seen_at) - Date.parse(a.seen_at));
          return (
            <>
              {log.length > 1 && <Suspense fallback={<div className="bone" style={{ height: 170 }} />}><PriceChart prices={log} /></Suspense>}
              <Lines of={(all ? newest : newest.slice(0, 4)).map((price) => ({
                key: price.id, end: formatWhen(Date.parse(price.seen_at)),
                body: <span className={css.price} {...contextMenu(formatMoney(price.amount, price.currency), () => entries(price))}><Money minor={price.amount} currency={price.currency} /> <small>{[priceWord(price.kind), price.place, price.conditions].filter(Boolean).join(" · ")}</small><Menu label={t`这笔价格`} entries={entries(price)}><IconButton small icon="more" label={t`${formatMoney(price.amount, price.currency)} 的更多操作`} /></Menu></span>,
              }))} />
              {log.length > 4 && <Button small kind="quiet" onClick={() => setAll(!all)}>{all ? t`收起` : t`看全部 ${log.length} 笔`}</Button>}
            </>
          );
        }}
      </Loaded>
      {taken.length > 0 && (
        <details className={css.taken}>
          <summary>{t`收回了 ${taken.length} 笔记错的`}</summary>
          <Lines of={taken.map((price) => ({ key: price.id, body: <><s><Money minor={price.amount} currency={price.currency} /></s> <small>{[price.place, formatWhen(Date.parse(price.seen_at))].filter(Boolean).join(" · ")}</small></>, end: <Button small kind="quiet" icon="undo" onClick={() => void putBack(price)}>{t`放回去`}</Button> }))} />
        </details>
      )}
      <AddPrice product={product} open={adding} onClose={() => setAdding(false)} />
    </Card>
  );
}

const blank = { amount: null as number | null, kind: "paid" as PriceKind, place: "", conditions: "", day: null as string | null };

/** A price that was seen, written down where one is. */
export function AddPrice({ product, open, onClose }: { product: Pick<Product, "id" | "currency">; open: boolean; onClose: () => void }) {
  const form = useKept(`price.add.${product.id}`, blank);
  const { amount, kind, place, conditions, day } = form.value;
  const set = (part: Partial<typeof blank>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const refused = useRefusal(["amount", "place", "conditions"]);
  const add = useAddPrice();
  const today = msToDay(Date.now());
  const keep = async () => {
    if (amount === null) return refused.by({ field: "amount", message: t`写下看到的价格。` });
    try {
      const seen_at = day && day !== today ? new Date(dayToMs(day) + 12 * 3_600_000).toISOString() : null;
      await add.mutateAsync({ product: product.id, amount, currency: null, kind, seen_at, place: place.trim(), conditions: conditions.trim(), photo: null });
      form.done();
      onClose();
      say.done(t`记下了`);
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`记一个价`} size={460} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={add.isPending} onClick={() => void keep()} data-testid="price-save">{t`记下`}</Button></>}>
      <div className="pile">
        <MoneyField label={t`多少钱`} currency={product.currency} value={amount} onChange={(next) => set({ amount: next })} error={refused.at("amount")} onEnter={() => void keep()} autoFocus data-testid="price-amount" />
        <SelectField label={t`哪种价`} value={kind} onChange={(next) => next && set({ kind: next })} options={priceKinds.map((value) => ({ value, label: priceWord(value) }))} />
        <TextField label={t`在哪儿看到的`} value={place} error={refused.at("place")} onChange={(next) => set({ place: next })} placeholder={t`天猫旗舰店、线下柜台`} onEnter={() => void keep()} />
        <TextField label={t`要什么条件`} value={conditions} error={refused.at("conditions")} onChange={(next) => set({ conditions: next })} placeholder={t`满 200 减 30、会员价；没有就空着`} onEnter={() => void keep()} />
        <DateField label={t`哪天看到的`} value={day ?? today} max={today} onChange={(next) => set({ day: next })} />
      </div>
    </Modal>
  );
}
