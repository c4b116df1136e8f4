import { t } from "@lingui/core/macro";
import { type ReactNode, useState } from "react";
import { commands, type Order, unwrap } from "../ipc";
import { Button, type MenuEntry, Modal, MoneyField, say, TextField, useRefusal } from "../kit";
import { AddOrder } from "./AddOrder";

/** What can be done with an order entered by hand: nobody else tells of it, so it is put right here. Each of them can be taken back. */
export type HandVerbs = {
  /** As entries of its menu and as the buttons of its sheet, the same in both. */
  entries: (order: Order) => Exclude<MenuEntry, "rule">[];
};

/** An order as it was: whatever was done to it since is undone. */
const asItWas = (order: Order) => () => unwrap(commands.restoreOrder({ order, buyer: null }));

export const left = (order: Order) => order.gross - order.refunded;

/** The verbs of orders entered by hand, and the dialogs that some of them open. `onGone` hears of one that was taken out. */
export function useHand(onGone: (id: number) => void): HandVerbs & { parts: ReactNode } {
  const [refunding, setRefunding] = useState<Order>();
  const [editing, setEditing] = useState<Order>();
  const change = async (order: Order, patch: Parameters<typeof commands.editOrder>[1], word: string) => {
    try {
      await unwrap(commands.editOrder(order.id, patch));
      say.done(word, asItWas(order));
    } catch (error) { say.failed(error); }
  };
  const remove = async (order: Order) => {
    try {
      const before = await unwrap(commands.removeOrder(order.id));
      onGone(order.id);
      say.done(t`拿掉了 ${order.number}`, () => unwrap(commands.restoreOrder(before)));
    } catch (error) { say.failed(error); }
  };
  const entries = (order: Order): Exclude<MenuEntry, "rule">[] => [
    ...(order.status === "created" ? [{ label: t`钱收到了`, icon: "check" as const, onClick: () => void change(order, { unpaid: false }, t`${order.number} 的钱收到了`) }] : []),
    // Of an order that was given back whole, nothing is due any more.
    ...(order.status === "paid" && order.commission_estimated !== null && order.commission_settled === null
      ? [{ label: t`佣金到了`, icon: "check" as const, onClick: () => void change(order, { settled: order.commission_estimated }, t`佣金到了，照预估的数记下；不是这个数就点「改」`) }] : []),
    ...(order.status !== "created" && left(order) > 0 ? [{ label: t`退了款`, icon: "undo" as const, onClick: () => setRefunding(order) }] : []),
    { label: t`改这一单`, icon: "edit", onClick: () => setEditing(order) },
    { label: t`拿掉这一单`, icon: "trash", danger: true, onClick: () => void remove(order) },
  ];
  const parts = (
    <>
      {refunding && <Refund order={refunding} onClose={() => setRefunding(undefined)} />}
      {editing && <AddOrder open order={editing} onClose={() => setEditing(undefined)} onAdded={() => say.done(t`改好了`, asItWas(editing))} />}
    </>
  );
  return { entries, parts };
}

/** How much was given back, and why. */
function Refund({ order, onClose }: { order: Order; onClose: () => void }) {
  const [amount, setAmount] = useState<number | null>(left(order));
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const refused = useRefusal(["amount", "reason"]);
  const save = async () => {
    if (busy) return;
    if (amount === null) return refused.by({ field: "amount", message: t`写下退了多少。` });
    setBusy(true);
    try {
      await unwrap(commands.refundOrder(order.id, amount, reason.trim()));
      onClose();
      say.done(t`记下了退款，净额跟着变`, asItWas(order));
    } catch (error) { refused.by(error); } finally { setBusy(false); }
  };
  return (
    <Modal open onClose={onClose} title={t`${order.number} 退了款`} size={420} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={busy} onClick={() => void save()} data-testid="order-refund-save">{t`记下`}</Button></>}>
      <div className="pile">
        <MoneyField label={t`退了多少`} value={amount} currency={order.currency} error={refused.at("amount")} onChange={(next) => { setAmount(next); refused.clear(); }} onEnter={() => void save()} data-testid="order-refund-amount" />
        <TextField label={t`为什么`} value={reason} error={refused.at("reason")} onChange={setReason} onEnter={() => void save()} placeholder={t`没说就空着`} />
      </div>
    </Modal>
  );
}
