import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Flaw, photoUrl, type Trial } from "../ipc";
import { Button, Card, Chip, DateField, dayToMs, formatWhen, IconButton, Kbd, Menu, type MenuEntry, Modal, msToDay, Picture, say, TextField } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import type { Changes } from "./api";
import { severities, severityTone, severityWord } from "./words";
import css from "./trial.module.css";

type Asked = { flaw: Flaw; for: "on" | "resolved_on" | "text" };

/** Shortcomings, said before anything else: how bad, since when, what shows it, and whether they went away. */
export function Flaws({ trial, changes, onShow }: { trial: Trial; changes: Changes; onShow: (photo: number) => void }) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Asked>();
  const [picking, setPicking] = useState<Flaw>();
  const amend = (flaw: Flaw, patch: Parameters<Changes["amend"]>[1]) => changes.amend(flaw.id, patch).catch(say.failed);
  const add = async () => {
    const said = text.trim();
    if (!said) return;
    try { await changes.admit({ text: said }); setText(""); } catch (error) { say.failed(error); }
  };
  const take = async (flaw: Flaw) => {
    const { text, on, photo, severity, resolved_on } = flaw;
    const back = async () => {
      const again = (await changes.admit({ text, on, photo, severity })).flaws.find((one) => one.text === text);
      if (again && resolved_on) await changes.amend(again.id, { resolved_on });
    };
    try { await changes.takeBack(text); say.done(t`拿掉了「${text}」`, back); } catch (error) { say.failed(error); }
  };
  const entries = (flaw: Flaw): MenuEntry[] => [
    ...severities.map((severity) => ({ label: severityWord(severity), icon: flaw.severity === severity ? "check" as const : undefined, onClick: () => void amend(flaw, { severity }) })),
    "rule",
    { label: flaw.photo === null ? t`配一张照片` : t`换一张照片`, icon: "photo", onClick: () => setPicking(flaw) },
    ...(flaw.photo === null ? [] : [{ label: t`不配照片了`, icon: "close" as const, onClick: () => void amend(flaw, { photo: null }) }]),
    { label: t`改写`, icon: "edit", onClick: () => setAsked({ flaw, for: "text" }) },
    { label: t`改发现的日子`, icon: "clock", onClick: () => setAsked({ flaw, for: "on" }) },
    flaw.resolved_on === null
      ? { label: t`后来没有了`, icon: "check", onClick: () => setAsked({ flaw, for: "resolved_on" }) }
      : { label: t`又有了`, icon: "undo", onClick: () => void amend(flaw, { resolved_on: null }) },
    "rule",
    { label: t`拿掉`, icon: "trash", danger: true, onClick: () => void take(flaw) },
  ];
  return (
    <Card className={css.flaws} title={t`缺点，先说在前面`} actions={<Kbd keys="Q" />}>
      {trial.flaws.length === 0 && <p className="muted">{t`还没写。没有缺点的推荐，没人信。`}</p>}
      <ul>
        {trial.flaws.map((flaw) => (
          <li key={flaw.id} data-gone={flaw.resolved_on !== null || undefined}>
            <div>
              <b>{flaw.text}</b>
              <small><Chip tone={severityTone(flaw.severity)}>{severityWord(flaw.severity)}</Chip>{about(trial, flaw)}</small>
            </div>
            {flaw.photo !== null && <Picture src={photoUrl(flaw.photo, "thumb")} alt={t`「${flaw.text}」的照片`} width={46} ratio={1} onClick={() => flaw.photo !== null && onShow(flaw.photo)} />}
            <Menu entries={entries(flaw)} label={flaw.text}><IconButton small icon="more" label={t`「${flaw.text}」的更多`} /></Menu>
          </li>
        ))}
      </ul>
      <TextField label={t`加一条缺点`} bare value={text} onChange={setText} onEnter={() => void add()} onBlur={() => void add()} placeholder={t`哪儿不好，写一句，回车`} data-testid="trial-shortcoming" />
      {asked && <Ask key={`${asked.flaw.id} ${asked.for}`} trial={trial} asked={asked} onClose={() => setAsked(undefined)} onYes={(patch) => void amend(asked.flaw, patch)} />}
      <PhotoPicker open={picking !== undefined} onClose={() => setPicking(undefined)} title={t`哪张照片看得出「${picking?.text ?? ""}」`} yes={t`配上第一张`} product={trial.product}
        onYes={(ids) => { if (picking && ids[0] !== undefined) void amend(picking, { photo: ids[0] }); }} />
    </Card>
  );
}

/** When it was found, how many days speak of it, since when it is gone. */
function about(trial: Trial, flaw: Flaw): string {
  const days = trial.days.filter((day) => day.text.includes(flaw.text)).length;
  return [t`${formatWhen(dayToMs(flaw.on))}发现`, days > 0 && t`${days} 天提到`, flaw.resolved_on && t`${formatWhen(dayToMs(flaw.resolved_on))}起没有了`].filter(Boolean).join(" · ");
}

function Ask({ trial, asked, onClose, onYes }: { trial: Trial; asked: Asked; onClose: () => void; onYes: (patch: { on?: string; resolved_on?: string; text?: string }) => void }) {
  const today = msToDay(Date.now());
  const { flaw } = asked;
  const [day, setDay] = useState<string | null>(asked.for === "on" ? flaw.on : today);
  const [text, setText] = useState(flaw.text);
  const title = { on: t`哪天发现的`, resolved_on: t`从哪天起没有了`, text: t`改写这条缺点` }[asked.for];
  const keep = () => { onYes(asked.for === "text" ? { text } : { [asked.for]: day ?? today }); onClose(); };
  return (
    <Modal open onClose={onClose} title={title} size={400} actions={<Button kind="go" onClick={keep} disabled={asked.for === "text" && !text.trim()}>{t`就这样`}</Button>}>
      {asked.for === "text"
        ? <TextField label={t`缺点`} bare value={text} onChange={setText} onEnter={keep} autoFocus />
        : <DateField label={t`日子`} value={day} min={asked.for === "on" ? trial.started_on : flaw.on} max={today} onChange={setDay} autoFocus />}
    </Modal>
  );
}
