import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Acquired, TrialPatch } from "../ipc";
import { Button, DateField, Modal, msToDay, say, Segmented, SelectField, TagsField, TextField } from "../kit";
import { useScales, useStartTrial, useTrialProducts } from "./api";
import { shift } from "./days";
import { Rhythm, Way } from "./EditTrial";

const lengths = ["7", "14", "28", ""];

/** Starts a trial: what, how it was got, since when, for how long; then opens it. */
export function StartTrial({ open, onClose, product }: { open: boolean; onClose: () => void; product?: number }) {
  const go = useNavigate();
  const products = useTrialProducts(open);
  const start = useStartTrial();
  const today = msToDay(Date.now());
  const [chosen, setChosen] = useState<string | null>(null);
  const [way, setWay] = useState<Acquired>("bought");
  const [from, setFrom] = useState("");
  const [day, setDay] = useState<string | null>(null);
  const [days, setDays] = useState("14");
  const [rhythm, setRhythm] = useState(1);
  const [scales, setScales] = useState<string[]>([]);
  const suited = useScales(Number(chosen), chosen !== null).data;
  const [wrong, setWrong] = useState<string>();
  useEffect(() => { if (open) { setChosen(product === undefined ? null : String(product)); setDay(null); setFrom(""); setScales([]); setWrong(undefined); } }, [open, product]);

  const begin = async () => {
    if (!chosen) return setWrong(t`先选试哪一件；还没放进来的，去好物里加。`);
    const patch: TrialPatch = { rhythm, ...(scales.length > 0 && { scales }), ...(from.trim() && { acquired_from: from }), ...(days && { ends_on: shift(day ?? today, Number(days) - 1) }) };
    try {
      const trial = await start.mutateAsync({ input: { product: Number(chosen), acquired: way, on: day && day !== today ? day : null }, patch });
      onClose();
      void go({ to: "/trial/$id", params: { id: String(trial.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title={t`开始试用`} size={500} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={start.isPending} onClick={() => void begin()} data-testid="trial-begin">{t`开始`}</Button></>}>
      <div className="pile">
        <SelectField label={t`试哪一件`} value={chosen} onChange={(next) => { setChosen(next); setWrong(undefined); }} search error={wrong} placeholder={t`打名字找`} data-testid="trial-product"
          options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.brand ? `${one.name} · ${one.brand}` : one.name }))} />
        <Way value={way} onChange={setWay} />
        {way !== "bought" && <TextField label={t`谁给的`} value={from} onChange={setFrom} placeholder={t`品牌或人，以后说明时用得上`} />}
        <DateField label={t`从哪天开始`} value={day ?? today} max={today} onChange={setDay} />
        <div>
          <div className="field-label">{t`打算试多久`}</div>
          <Segmented label={t`打算试多久`} value={days} onChange={setDays} options={lengths.map((value) => ({ value, label: value ? t`${value} 天` : t`不定` }))} />
        </div>
        <Rhythm value={rhythm} onChange={setRhythm} />
        <TagsField label={t`每天打哪些感受`} note={t`可以先空着，用了再说；回车加一项，叫什么由你`} value={scales} onChange={setScales} suggestions={suited} placeholder={scales.length > 0 ? undefined : t`控油、显白、续航……`} />
      </div>
    </Modal>
  );
}
