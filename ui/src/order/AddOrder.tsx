import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { Order } from "../ipc";
import { Button, Check, DateField, dayToMs, Modal, MoneyField, msToDay, NumberField, say, SelectField, TextField, useKept, useRefusal } from "../kit";
import { useAddOrder, useChannels, usePosts, useProducts } from "./api";
import css from "./order.module.css";

const blank = { product: null as string | null, title: "", quantity: 1 as number | null, amount: null as number | null, at: null as string | null, unpaid: false, commission: null as number | null, post: null as string | null, channel: null as string | null, number: "" };

/** An order that no shop tells of: taken in a group chat, at the counter, by word of mouth. */
export function AddOrder({ open, onClose, onAdded }: { open: boolean; onClose: () => void; onAdded: (order: Order) => void }) {
  const add = useAddOrder();
  const products = useProducts();
  const posts = usePosts();
  const channels = useChannels();
  // Who bought does not outlive the dialog: it is kept nowhere but as a mark that names nobody.
  const [buyer, setBuyer] = useState("");
  useEffect(() => setBuyer(""), [open]);
  const form = useKept("order.add", blank);
  const input = form.value;
  const refused = useRefusal(["title", "product", "quantity", "amount", "placed_at", "post", "channel", "number", "buyer", "commission"]);
  const set = (part: Partial<typeof blank>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const id = (value: string | null) => (value ? Number(value) : null);
  const save = async () => {
    if (!input.product && !input.title.trim()) return refused.by({ field: "title", message: t`写下卖的是什么，或选一件好物。` });
    if (input.amount === null) return refused.by({ field: "amount", message: t`写下收了多少钱。` });
    try {
      const made = await add.mutateAsync({
        number: input.number.trim(), product: id(input.product), title: input.title.trim(), quantity: input.quantity, amount: input.amount, currency: "",
        placed_at: input.at ? new Date(dayToMs(input.at)).toISOString() : null, unpaid: input.unpaid, commission: input.commission, post: id(input.post), channel: id(input.channel), buyer: buyer.trim(),
      });
      form.done();
      onClose();
      say.done(t`记下了 ${made.number}`);
      onAdded(made);
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`手记一单`} size={600}
      actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={add.isPending} onClick={() => void save()} data-testid="order-add-save">{t`记下`}</Button></>}>
      <div className="pile">
        <p className="muted">{t`群里接的、柜台收的、口头说好的：没有店铺也没有表格会告诉草本，就记在「手记」这家店里。`}</p>
        <div className={css.pair}>
          <SelectField label={t`卖的是哪件好物`} search clear value={input.product} error={refused.at("product")} onChange={(product) => set({ product })} options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
          <TextField label={t`或写下是什么`} value={input.title} error={refused.at("title")} onChange={(title) => set({ title })} placeholder={t`不在好物里的`} data-testid="order-add-title" />
          <MoneyField label={t`收了多少钱`} value={input.amount} error={refused.at("amount")} onChange={(amount) => set({ amount })} data-testid="order-add-amount" />
          <NumberField label={t`几件`} min={1} value={input.quantity} error={refused.at("quantity")} onChange={(quantity) => set({ quantity })} />
          <DateField label={t`什么时候`} time value={input.at ?? msToDay(Date.now(), true)} max={msToDay(Date.now(), true)} error={refused.at("placed_at")} onChange={(at) => set({ at })} />
          <MoneyField label={t`能得多少佣金`} note={t`说不准就空着`} value={input.commission} error={refused.at("commission")} onChange={(commission) => set({ commission })} />
          <SelectField label={t`哪篇带来的`} note={t`买家说的才填，算 C 级；不知道就空着`} search clear value={input.post} error={refused.at("post")} onChange={(post) => set({ post })} options={(posts.data ?? []).map((post) => ({ value: String(post.id), label: post.title || post.excerpt || post.code }))} />
          <SelectField label={t`在哪里看到的`} clear value={input.channel} error={refused.at("channel")} onChange={(channel) => set({ channel })} options={(channels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
          <TextField label={t`谁买的`} note={t`只留一个认不出人的记号，认得出是不是同一个人`} value={buyer} error={refused.at("buyer")} onChange={(next) => { setBuyer(next); refused.clear(); }} placeholder={t`群昵称或手机尾号`} />
          <TextField label={t`单号`} note={t`空着就按日子排一个`} value={input.number} error={refused.at("number")} onChange={(number) => set({ number })} />
        </div>
        <Check label={t`钱还没收到`} on={input.unpaid} onChange={(unpaid) => set({ unpaid })} />
      </div>
    </Modal>
  );
}
