import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Acquired, photoUrl, type Trial, type TrialPatch } from "../ipc";
import { Button, Check, DateField, Modal, MoneyField, msToDay, NumberField, Picture, Segmented, TextField, useKept, useRefusal } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import type { Changes } from "./api";
import { rhythmWord, ways, wayWord } from "./words";

/** Puts right how the product was got, when the trial runs and how often it asks for a note. */
export function EditTrial({ trial, changes, onClose }: { trial: Trial; changes: Changes; onClose: () => void }) {
  const form = useKept<TrialPatch>(`trial.edit.${trial.id}`, {});
  const draft = form.value;
  const refused = useRefusal(["acquired_from", "paid", "started_on", "ends_on"]);
  const [picking, setPicking] = useState(false);
  const [busy, setBusy] = useState(false);
  const now = { ...trial, ...draft } as Trial;
  const set = (patch: TrialPatch) => { form.set((was) => ({ ...was, ...patch })); refused.clear(); };
  const first = trial.days[0]?.on;
  const keep = async () => {
    setBusy(true);
    try { await changes.edit(draft); form.done(); onClose(); } catch (error) { refused.by(error); } finally { setBusy(false); }
  };
  return (
    <Modal open onClose={onClose} kept={form.filled} title={t`来历、起止和提醒`} size={520} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={busy} onClick={() => void keep()} data-testid="trial-edit-save">{t`存好`}</Button></>}>
      <div className="pile">
        <Way value={now.acquired} onChange={(acquired) => set({ acquired })} />
        <TextField label={now.acquired === "bought" ? t`在哪儿买的` : t`谁给的`} value={now.acquired_from} onChange={(acquired_from) => set({ acquired_from })} error={refused.at("acquired_from")} placeholder={t`店名、品牌或人`} data-testid="trial-from" />
        <div className="row" style={{ alignItems: "end" }}>
          <MoneyField label={t`花了多少`} currency={now.currency} value={now.paid} error={refused.at("paid")} onChange={(paid) => set({ paid })} />
          <Check label={t`没花钱`} on={now.paid === 0} onChange={(on) => set({ paid: on ? 0 : null })} />
        </div>
        <div className="row">
          {now.receipt !== null && <Picture src={photoUrl(now.receipt, "thumb")} alt={t`小票或约定`} width={56} ratio={1} />}
          <Button small icon="photo" onClick={() => setPicking(true)}>{now.receipt === null ? t`配上小票或约定的照片` : t`换一张小票`}</Button>
          {now.receipt !== null && <Button small kind="quiet" onClick={() => set({ receipt: null })}>{t`不配了`}</Button>}
        </div>
        <div className="row">
          <DateField label={t`从哪天开始`} value={now.started_on} error={refused.at("started_on")} max={first ?? msToDay(Date.now())} onChange={(on) => on && set({ started_on: on })} />
          <DateField label={t`打算用到`} value={now.ends_on} error={refused.at("ends_on")} min={now.started_on} onChange={(on) => set({ ends_on: on })} />
        </div>
        <Rhythm value={now.rhythm} onChange={(rhythm) => set({ rhythm })} />
      </div>
      <PhotoPicker open={picking} onClose={() => setPicking(false)} title={t`哪张是小票或约定`} yes={t`用第一张`} product={trial.product} onYes={(ids) => { if (ids[0] !== undefined) set({ receipt: ids[0] }); }} />
    </Modal>
  );
}

/** How the product was got, with what that means for what is written. */
export function Way({ value, onChange }: { value: Acquired; onChange: (value: Acquired) => void }) {
  return (
    <div>
      <div className="field-label">{t`怎么来的`}</div>
      <Segmented label={t`怎么来的`} value={value} onChange={onChange} options={ways.map((way) => ({ value: way, label: wayWord(way) }))} />
      <p className="field-note" style={{ marginTop: 4 }}>{value === "bought" ? t`自己买的，说话最硬气。` : t`不是自己买的，内容里会提醒你说明。`}</p>
    </div>
  );
}

const steps = [1, 2, 7, 0];

/** How often a note is asked for: daily, every other day, weekly, never, or a number of one's own. */
export function Rhythm({ value, onChange }: { value: number; onChange: (days: number) => void }) {
  const [own, setOwn] = useState(!steps.includes(value));
  return (
    <div>
      <div className="field-label">{t`多久记一次`}</div>
      <div className="row">
        <Segmented label={t`多久记一次`} value={own ? "own" : String(value)} onChange={(next) => { setOwn(next === "own"); if (next !== "own") onChange(Number(next)); }}
          options={[...steps.map((days) => ({ value: String(days), label: rhythmWord(days) })), { value: "own", label: t`自己定` }]} />
        {own && <NumberField label={t`几天一次`} value={value} min={1} max={90} unit={t`天`} onChange={(days) => days && onChange(days)} />}
      </div>
    </div>
  );
}
