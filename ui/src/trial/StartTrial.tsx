import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Acquired } from "../ipc";
import { Button, DateField, Modal, msToDay, say, Segmented, SelectField } from "../kit";
import { useStartTrial, useTrialProducts } from "./api";
import { ways, wayWord } from "./words";

/** Starts a trial: what, how it was got, since when; then opens it. */
export function StartTrial({ open, onClose, product }: { open: boolean; onClose: () => void; product?: number }) {
  const go = useNavigate();
  const products = useTrialProducts(open);
  const start = useStartTrial();
  const today = msToDay(Date.now());
  const [chosen, setChosen] = useState<string | null>(null);
  const [way, setWay] = useState<Acquired>("bought");
  const [day, setDay] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string>();
  useEffect(() => { if (open) { setChosen(product === undefined ? null : String(product)); setDay(null); setWrong(undefined); } }, [open, product]);

  const begin = async () => {
    if (!chosen) return setWrong(t`先选试哪一件；还没放进来的，去好物里加。`);
    try {
      const trial = await start.mutateAsync({ product: Number(chosen), acquired: way, on: day && day !== today ? day : null });
      onClose();
      void go({ to: "/trial/$id", params: { id: String(trial.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title={t`开始试用`} size={480} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={start.isPending} onClick={() => void begin()} data-testid="trial-begin">{t`开始`}</Button></>}>
      <div className="pile">
        <SelectField label={t`试哪一件`} value={chosen} onChange={(next) => { setChosen(next); setWrong(undefined); }} search error={wrong} placeholder={t`打名字找`} data-testid="trial-product"
          options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.brand ? `${one.name} · ${one.brand}` : one.name }))} />
        <div>
          <div className="field-label">{t`怎么来的`}</div>
          <Segmented label={t`怎么来的`} value={way} onChange={setWay} options={ways.map((value) => ({ value, label: wayWord(value) }))} />
          <p className="field-note" style={{ marginTop: 4 }}>{way === "bought" ? t`自己买的，说话最硬气。` : t`不是自己买的，内容里会提醒你说明。`}</p>
        </div>
        <DateField label={t`从哪天开始`} value={day ?? today} max={today} onChange={setDay} />
      </div>
    </Modal>
  );
}
