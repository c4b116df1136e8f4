import { t } from "@lingui/core/macro";
import { type ReactNode, useState } from "react";
import type { Day, VerdictEdit } from "../ipc";
import { dayToMs, formatWhen, Popover } from "../kit";
import { useHistory } from "./api";
import css from "./trial.module.css";
import { verdictWord } from "./words";

/** 改过 2 次: opens what the day said and felt before, the latest change on top. Nothing in it can be changed. */
export function History({ trial, day, nth }: { trial: number; day: Day; nth: number }) {
  const [open, setOpen] = useState(false);
  const before = useHistory(trial, day.on, day.edits, open);
  return (
    <Before open={open} onOpen={setOpen} times={day.edits} label={t`第 ${nth} 天的修改记录`} note={t`第一次写于 ${formatWhen(Date.parse(day.written_at), "full")}。以前的话和打过的分都留着，改不掉。`} list={t`以前写的和打的`} failed={Boolean(before.error)}>
      {before.data?.toReversed().map((edit, at) => <li key={at}><small>{t`${formatWhen(Date.parse(edit.replaced_at), "full")}改掉的`}</small>{edit.text && <p>{edit.text}</p>}{edit.ratings.length > 0 && <p className={css.felt}>{edit.ratings.map((one) => <span key={one.scale}>{one.scale} <b>{"★".repeat(one.value)}</b>{"☆".repeat(5 - one.value)}</span>)}</p>}</li>)}
    </Before>
  );
}

/** The same for the verdict: what it was before it was said anew or taken back. */
export function VerdictHistory({ edits, failed }: { edits: readonly VerdictEdit[]; failed: boolean }) {
  const [open, setOpen] = useState(false);
  if (edits.length === 0 && !failed) return null;
  return (
    <Before open={open} onOpen={setOpen} times={edits.length} label={t`结论的修改记录`} note={t`以前下过的结论都留着，改不掉。`} list={t`以前的结论`} failed={failed}>
      {edits.toReversed().map((edit, at) => <li key={at}><small>{t`${formatWhen(Date.parse(edit.replaced_at), "full")}改掉的`}</small><p><b>{verdictWord(edit.verdict)}</b> {t`${formatWhen(dayToMs(edit.finished_on))}下的`}</p>{edit.text && <p>{edit.text}</p>}</li>)}
    </Before>
  );
}

function Before({ open, onOpen, times, label, note, list, failed, children }: { open: boolean; onOpen: (open: boolean) => void; times: number; label: string; note: string; list: string; failed: boolean; children: ReactNode }) {
  const inside = (
    <div className={css.history}>
      <h3>{label}</h3>
      <p className="muted">{note}</p>
      {failed ? <p className="bad">{t`没读出来，关上再打开一次。`}</p> : <ol tabIndex={0} aria-label={list}>{children}</ol>}
    </div>
  );
  return (
    <Popover label={label} open={open} onOpen={onOpen} inside={inside}>
      <button type="button" className={css.textual} aria-expanded={open} onClick={() => onOpen(!open)}>{t`改过 ${times} 次`}</button>
    </Popover>
  );
}
