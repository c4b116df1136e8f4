import { t } from "@lingui/core/macro";
import { lazy, Suspense, useState } from "react";
import { type PriceKind, type Product } from "../ipc";
import { Button, Card, DateField, dayToMs, formatWhen, Lines, Loaded, Modal, Money, MoneyField, msToDay, say, SelectField, TextField, useKept, useRefusal } from "../kit";
import { useAddPrice, usePrices } from "./api";
import { priceKinds, priceWord } from "./words";

const PriceChart = lazy(() => import("./PriceChart"));

/** The price log: what was seen, where and when. Nothing in it is ever overwritten, so a price in a post can be proved. */
export function Prices({ product }: { product: Product }) {
  const prices = usePrices(product.id);
  const [adding, setAdding] = useState(false);
  const [all, setAll] = useState(false);
  return (
    <Card title={t`价格记录`} note={t`只添不改，写价格时的凭据`} actions={<Button small icon="plus" onClick={() => setAdding(true)} data-testid="price-add">{t`记一个价`}</Button>}>
      <Loaded query={prices} empty={<p className="muted">{t`还没记过价。看到好价随手记一笔，写「最低」时才有底。`}</p>}>
        {(log) => {
          const newest = log.toSorted((a, b) => Date.parse(b.seen_at) - Date.parse(a.seen_at));
          return (
            <>
              {log.length > 1 && <Suspense fallback={<div style={{ height: 170 }} />}><PriceChart prices={log} /></Suspense>}
              <Lines of={(all ? newest : newest.slice(0, 4)).map((price) => ({
                key: price.id, end: formatWhen(Date.parse(price.seen_at)),
                body: <><Money minor={price.amount} currency={price.currency} /> <small>{[priceWord(price.kind), price.place, price.conditions].filter(Boolean).join(" · ")}</small></>,
              }))} />
              {log.length > 4 && <Button small kind="quiet" onClick={() => setAll(!all)}>{all ? t`收起` : t`看全部 ${log.length} 笔`}</Button>}
            </>
          );
        }}
      </Loaded>
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
        <MoneyField label={t`多少钱`} currency={product.currency} value={amount} onChange={(next) => set({ amount: next })} error={refused.at("amount")} autoFocus data-testid="price-amount" />
        <SelectField label={t`哪种价`} value={kind} onChange={(next) => next && set({ kind: next })} options={priceKinds.map((value) => ({ value, label: priceWord(value) }))} />
        <TextField label={t`在哪儿看到的`} value={place} error={refused.at("place")} onChange={(next) => set({ place: next })} placeholder={t`天猫旗舰店、线下柜台`} onEnter={() => void keep()} />
        <TextField label={t`要什么条件`} value={conditions} error={refused.at("conditions")} onChange={(next) => set({ conditions: next })} placeholder={t`满 200 减 30、会员价；没有就空着`} onEnter={() => void keep()} />
        <DateField label={t`哪天看到的`} value={day ?? today} max={today} onChange={(next) => set({ day: next })} />
      </div>
    </Modal>
  );
}
