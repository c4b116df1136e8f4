import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Trial } from "../ipc";
import { Button, Chip, IconButton, Modal, say, TextField } from "../kit";
import type { Changes } from "./api";
import css from "./trial.module.css";

/** What the creator rates: chosen, added, renamed, given up and taken up again. What was rated stays whatever is done here. */
export function Scales({ trial, changes, known, open, onClose }: { trial: Trial; changes: Changes; known: readonly string[]; open: boolean; onClose: () => void }) {
  const [name, setName] = useState("");
  const counts = new Map<string, number>();
  for (const { scale } of trial.days.flatMap((day) => day.ratings)) counts.set(scale, (counts.get(scale) ?? 0) + 1);
  const retired = [...counts.keys()].filter((scale) => !trial.scales.includes(scale));
  const offered = known.filter((scale) => !trial.scales.includes(scale) && !retired.includes(scale)).slice(0, 10);
  const add = (scale: string) => { const clean = scale.trim(); setName(""); if (clean && !trial.scales.includes(clean)) void changes.edit({ scales: [...trial.scales, clean] }).catch(say.failed); };
  const giveUp = (scale: string) => {
    const before = trial.scales;
    void changes.edit({ scales: before.filter((one) => one !== scale) }).then(() => say.done(counts.has(scale) ? t`「${scale}」不再打了，以前打的分都留着` : t`「${scale}」拿掉了`, () => changes.edit({ scales: before }))).catch(say.failed);
  };
  return (
    <Modal open={open} onClose={onClose} title={t`打哪些感受`} size={460} actions={<Button kind="go" onClick={onClose}>{t`好了`}</Button>}>
      <div className="pile">
        {trial.scales.length > 0 && (
          <ul className={css.scales} aria-label={t`在打的感受`}>
            {trial.scales.map((scale) => (
              <li key={scale}>
                <Name scale={scale} onName={(to) => changes.renameScale(scale, to).catch(say.failed)} />
                <small>{counts.has(scale) ? t`打过 ${counts.get(scale) ?? 0} 天` : t`还没打过`}</small>
                <IconButton small icon="close" label={t`不再打「${scale}」`} onClick={() => giveUp(scale)} />
              </li>
            ))}
          </ul>
        )}
        <TextField label={t`加一项`} value={name} onChange={setName} onEnter={() => add(name)} onBlur={() => add(name)} placeholder={t`自己起个名字，回车`} note={t`控油、显白、续航……用你自己的词；一天打 1 到 5 分`} data-testid="trial-scale-add" />
        {offered.length > 0 && <div className={css.feelings} role="group" aria-label={t`适合这类好物的`}>{offered.map((scale) => <Chip key={scale} icon="plus" onClick={() => add(scale)}>{scale}</Chip>)}</div>}
        {retired.length > 0 && <div><div className="field-label">{t`不再打的`}</div><div className={css.feelings}>{retired.map((scale) => <Chip key={scale} icon="undo" onClick={() => add(scale)} title={t`接着打「${scale}」`}>{t`${scale} · ${counts.get(scale) ?? 0} 天`}</Chip>)}</div></div>}
        <p className="muted">{t`改名会改到每一天，那天原来叫什么记在修改记录里。`}</p>
      </div>
    </Modal>
  );
}

function Name({ scale, onName }: { scale: string; onName: (name: string) => void }) {
  const [name, setName] = useState(scale);
  const keep = () => { const clean = name.trim(); if (clean && clean !== scale) onName(clean); else setName(scale); };
  return <TextField label={t`「${scale}」的名字`} bare value={name} onChange={setName} onEnter={keep} onBlur={keep} />;
}
