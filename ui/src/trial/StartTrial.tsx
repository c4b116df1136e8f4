import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Acquired, TrialPatch } from "../ipc";
import { Button, DateField, Modal, msToDay, Segmented, SelectField, TagsField, TextField, useKept, useRefusal } from "../kit";
import { AddProduct } from "../product/AddProduct";
import { useScales, useStartTrial, useTrialProducts } from "./api";
import { shift } from "./days";
import { Rhythm, Way } from "./EditTrial";

const lengths = ["7", "14", "28", ""];
const blank = { chosen: null as string | null, way: "bought" as Acquired, from: "", day: null as string | null, days: "14", rhythm: 1, scales: [] as string[] };

/** Starts a trial: what, how it was got, since when, for how long; then opens it. */
export function StartTrial({ open, onClose, product }: { open: boolean; onClose: () => void; product?: number }) {
  const go = useNavigate();
  const products = useTrialProducts(open);
  const start = useStartTrial();
  const [adding, setAdding] = useState(false);
  const today = msToDay(Date.now());
  const form = useKept("trial.start", blank);
  const { way, from, day, days, rhythm, scales } = form.value;
  const chosen = product === undefined ? form.value.chosen : String(product);
  const suited = useScales(Number(chosen), chosen !== null).data;
  const refused = useRefusal(["product", "on", "acquired_from"]);
  const set = (part: Partial<typeof blank>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };

  const begin = async () => {
    if (!chosen) return refused.by({ field: "product", message: t`先选试哪一件；还没放进来的，点下面「放进一件新的」。` });
    const patch: TrialPatch = { rhythm, ...(scales.length > 0 && { scales }), ...(from.trim() && { acquired_from: from }), ...(days && { ends_on: shift(day ?? today, Number(days) - 1) }) };
    try {
      const trial = await start.mutateAsync({ input: { product: Number(chosen), acquired: way, on: day && day !== today ? day : null }, patch });
      form.done();
      onClose();
      void go({ to: "/trial/$id", params: { id: String(trial.id) } });
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`开始试用`} size={500} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={start.isPending} onClick={() => void begin()} data-testid="trial-begin">{t`开始`}</Button></>}>
      <div className="pile">
        <SelectField label={t`试哪一件`} value={chosen} onChange={(next) => set({ chosen: next })} search error={refused.at("product")} disabled={product !== undefined} placeholder={t`打名字找`} data-testid="trial-product"
          options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.brand ? `${one.name} · ${one.brand}` : one.name }))} />
        {product === undefined && <div><Button small kind="quiet" icon="plus" onClick={() => setAdding(true)} data-testid="trial-product-add">{t`放进一件新的`}</Button></div>}
        <Way value={way} onChange={(next) => set({ way: next })} />
        {way !== "bought" && <TextField label={t`谁给的`} value={from} error={refused.at("acquired_from")} onChange={(next) => set({ from: next })} placeholder={t`品牌或人，以后说明时用得上`} />}
        <DateField label={t`从哪天开始`} value={day ?? today} max={today} error={refused.at("on")} onChange={(next) => set({ day: next })} />
        <div>
          <div className="field-label">{t`打算试多久`}</div>
          <Segmented label={t`打算试多久`} value={days} onChange={(next) => set({ days: next })} options={lengths.map((value) => ({ value, label: value ? t`${value} 天` : t`不定` }))} />
        </div>
        <Rhythm value={rhythm} onChange={(next) => set({ rhythm: next })} />
        <TagsField label={t`每天打哪些感受`} note={t`可以先空着，用了再说；回车加一项，叫什么由你`} value={scales} onChange={(next) => set({ scales: next })} suggestions={suited} placeholder={scales.length > 0 ? undefined : t`控油、显白、续航……`} />
      </div>
      <AddProduct open={adding} onClose={() => setAdding(false)} onAdded={(id) => set({ chosen: String(id) })} />
    </Modal>
  );
}
