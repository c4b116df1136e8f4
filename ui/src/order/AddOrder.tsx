import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { Order, OrderPatch } from "../ipc";
import { Button, DateField, dayToMs, Modal, MoneyField, msToDay, NumberField, say, SelectField, TextField, useKept, useRefusal } from "../kit";
import { useAddOrder, useChannels, useCredits, useEditOrder, usePosts, useProducts } from "./api";
import css from "./order.module.css";

type Form = { product: string | null; title: string; quantity: number | null; amount: number | null; at: string | null; paid: "yes" | "no"; commission: number | null; settled: number | null; post: string | null; channel: string | null; number: string };
const blank: Form = { product: null, title: "", quantity: 1, amount: null, at: null, paid: "yes", commission: null, settled: null, post: null, channel: null, number: "" };

/** The form as an order fills it. Who brought it is what the person said, as its credit has it. */
function filledBy(order: Order, credit: { post: number; channel: number } | undefined): Form {
  const line = order.lines[0];
  return {
    product: line?.product ? String(line.product) : null, title: line?.title ?? "", quantity: line?.quantity ?? 1, amount: order.gross, at: msToDay(Date.parse(order.placed_at), true), paid: order.status === "created" ? "no" : "yes",
    commission: order.commission_estimated, settled: order.commission_settled, post: credit ? String(credit.post) : null, channel: credit ? String(credit.channel) : null, number: order.number,
  };
}

const id = (value: string | null) => (value ? Number(value) : null);
const stamp = (at: string | null) => (at ? new Date(dayToMs(at)).toISOString() : null);

/** What was changed, and nothing else: what is not touched stays as it was, to the second. */
function changes(was: Form, now: Form): OrderPatch {
  const patch: OrderPatch = {};
  if (now.number.trim() !== was.number) patch.number = now.number.trim();
  if (now.product !== was.product) patch.product = id(now.product);
  if (now.title.trim() !== was.title) patch.title = now.title.trim();
  if (now.quantity !== was.quantity) patch.quantity = now.quantity ?? 1;
  if (now.amount !== was.amount) patch.amount = now.amount ?? 0;
  if (now.at !== was.at) patch.placed_at = stamp(now.at);
  if (now.paid !== was.paid) patch.unpaid = now.paid === "no";
  if (now.commission !== was.commission) patch.commission = now.commission;
  if (now.settled !== was.settled) patch.settled = now.settled;
  if (now.post !== was.post || now.channel !== was.channel) {
    patch.post = id(now.post);
    if (now.channel) patch.channel = id(now.channel);
  }
  return patch;
}

type Props = { open: boolean; order?: Order; onClose: () => void; onAdded: (order: Order) => void };

/** An order that no shop tells of: taken in a group chat, at the counter, by word of mouth. With `order`, one of them is corrected. */
export function AddOrder(props: Props) {
  return props.order ? <Correct {...props} order={props.order} /> : <Sheet {...props} start={blank} />;
}

function Correct(props: Props & { order: Order }) {
  const credits = useCredits(props.order.id, "last");
  return credits.data ? <Sheet {...props} start={filledBy(props.order, credits.data[0])} /> : null;
}

const fields = ["title", "product", "quantity", "amount", "placed_at", "unpaid", "post", "channel", "number", "buyer", "commission", "settled"];

function Sheet({ open, order, start, onClose, onAdded }: Props & { start: Form }) {
  const add = useAddOrder();
  const edit = useEditOrder();
  const products = useProducts();
  const posts = usePosts();
  const channels = useChannels();
  // Who bought does not outlive the dialog: it is kept nowhere but as a mark that names nobody.
  const [buyer, setBuyer] = useState("");
  useEffect(() => setBuyer(""), [open]);
  const form = useKept(order ? `order.edit.${order.id}.${order.number}.${order.gross}` : "order.add", start);
  const input = form.value;
  const refused = useRefusal(fields);
  const set = (part: Partial<Form>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const rest = ["post", "channel", "commission", "settled", "buyer", "number"];
  const [more, setMore] = useState(false);
  const unfolded = more || order !== undefined || input.post !== null || input.commission !== null || input.number !== "" || rest.some((field) => refused.at(field));
  const save = async () => {
    if (!input.product && !input.title.trim()) return refused.by({ field: "title", message: t`写下卖的是什么，或选一件好物。` });
    if (input.amount === null) return refused.by({ field: "amount", message: t`写下这一单多少钱。` });
    try {
      const made = order ? await edit.mutateAsync({ id: order.id, patch: changes(start, input) }) : await add.mutateAsync({
        number: input.number.trim(), product: id(input.product), title: input.title.trim(), quantity: input.quantity, amount: input.amount, currency: "",
        placed_at: stamp(input.at), unpaid: input.paid === "no", commission: input.commission, post: id(input.post), channel: id(input.channel), buyer: buyer.trim(),
      });
      form.done();
      onClose();
      if (!order) say.done(t`记下了 ${made.number}`);
      onAdded(made);
    } catch (error) {
      refused.by(error);
    }
  };
  const enter = () => void save();
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={order ? t`改 ${order.number}` : t`手记一单`} size={600}
      actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={add.isPending || edit.isPending} onClick={enter} data-testid="order-add-save">{order ? t`改好` : t`记下`}</Button></>}>
      <div className={css.hand}>
        {!order && <p className="muted">{t`群里接的、柜台收的、口头说好的：没有店铺也没有表格会告诉草本，就记在「手记」这家店里。`}</p>}
        <div className={css.pair}>
          <SelectField label={t`卖的是哪件好物`} search clear value={input.product} error={refused.at("product")} onChange={(product) => set({ product })} options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
          <TextField label={t`或写下是什么`} value={input.title} error={refused.at("title")} onChange={(title) => set({ title })} onEnter={enter} placeholder={t`不在好物里的`} data-testid="order-add-title" />
          <MoneyField label={t`这一单多少钱`} value={input.amount} currency={order?.currency} error={refused.at("amount")} onChange={(amount) => set({ amount })} onEnter={enter} data-testid="order-add-amount" />
          <NumberField label={t`几件`} min={1} value={input.quantity} error={refused.at("quantity")} onChange={(quantity) => set({ quantity })} onEnter={enter} />
          <DateField label={t`什么时候`} time value={input.at ?? msToDay(Date.now(), true)} max={msToDay(Date.now(), true)} error={refused.at("placed_at")} onChange={(at) => set({ at })} />
          <SelectField label={t`钱收到了吗`} value={input.paid} error={refused.at("unpaid")} onChange={(paid) => set({ paid: paid ?? "yes" })} options={[{ value: "yes", label: t`收到了` }, { value: "no", label: t`还没收到` }]} />
        </div>
        <details className={css.fold} open={unfolded} onToggle={(event) => setMore(event.currentTarget.open)}>
          <summary>{order ? t`哪篇带来的、佣金、单号` : t`哪篇带来的、佣金、谁买的、单号`}</summary>
          <div className={css.pair}>
            <SelectField label={t`哪篇带来的`} search clear value={input.post} error={refused.at("post")} onChange={(post) => set({ post })} placeholder={t`买家说了才填`} options={(posts.data ?? []).map((post) => ({ value: String(post.id), label: post.title || post.excerpt || post.code }))} />
            <SelectField label={t`在哪里看到的`} clear value={input.channel} error={refused.at("channel")} onChange={(channel) => set({ channel })} options={(channels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
            <MoneyField label={t`预计得多少佣金`} value={input.commission} currency={order?.currency} error={refused.at("commission")} onChange={(commission) => set({ commission })} onEnter={enter} placeholder={t`说不准就空着`} />
            {order
              ? <MoneyField label={t`佣金到手多少`} value={input.settled} currency={order.currency} error={refused.at("settled")} onChange={(settled) => set({ settled })} onEnter={enter} placeholder={t`还没到就空着`} />
              : <TextField label={t`谁买的`} value={buyer} error={refused.at("buyer")} onChange={(next) => { setBuyer(next); refused.clear(); }} onEnter={enter} placeholder={t`群昵称或手机尾号`} />}
            <TextField label={t`单号`} value={input.number} error={refused.at("number")} onChange={(number) => set({ number })} onEnter={enter} placeholder={t`空着就按日子排一个`} />
          </div>
          <small>{order ? t`哪篇带来的照买家说的记，算 C 级。` : t`哪篇带来的照买家说的记，算 C 级。谁买的只留一个认不出人的记号，认得出是不是同一个人。`}</small>
        </details>
      </div>
    </Modal>
  );
}
