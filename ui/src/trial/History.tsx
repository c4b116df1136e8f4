import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Day } from "../ipc";
import { formatWhen, Popover } from "../kit";
import { useHistory } from "./api";
import css from "./trial.module.css";

/** 改过 2 次: opens what the day said and felt before, the latest change on top. Nothing in it can be changed. */
export function History({ trial, day, nth }: { trial: number; day: Day; nth: number }) {
  const [open, setOpen] = useState(false);
  const before = useHistory(trial, day.on, day.edits, open);
  const inside = (
    <div className={css.history}>
      <h3>{t`第 ${nth} 天的修改记录`}</h3>
      <p className="muted">{t`第一次写于 ${formatWhen(Date.parse(day.written_at), "full")}。以前的话和打过的分都留着，改不掉。`}</p>
      {before.error ? <p className="bad">{t`没读出来，关上再打开一次。`}</p> : <ol tabIndex={0} aria-label={t`以前写的和打的`}>{before.data?.toReversed().map((edit, at) => <li key={at}><small>{t`${formatWhen(Date.parse(edit.replaced_at), "full")}改掉的`}</small>{edit.text && <p>{edit.text}</p>}{edit.ratings.length > 0 && <p className={css.felt}>{edit.ratings.map((one) => <span key={one.scale}>{one.scale} <b>{"★".repeat(one.value)}</b>{"☆".repeat(5 - one.value)}</span>)}</p>}</li>)}</ol>}
    </div>
  );
  return (
    <Popover label={t`第 ${nth} 天的修改记录`} open={open} onOpen={setOpen} inside={inside}>
      <button type="button" className={css.textual} aria-expanded={open} onClick={() => setOpen(!open)}>{t`改过 ${day.edits} 次`}</button>
    </Popover>
  );
}
