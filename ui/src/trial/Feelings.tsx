import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Rating } from "../ipc";
import { Button, Chip, Stars, TextField } from "../kit";
import css from "./trial.module.css";

/** Stars on the creator's own scales for one day. `used` are the scales in use in this trial, `known` those that suit the product: both are offered, none is given. */
export function Feelings({ ratings, used, known, onChange, onNew, full }: { ratings: Rating[]; used: readonly string[]; known: readonly string[]; onChange: (ratings: Rating[]) => void; onNew: (scale: string) => void; full?: boolean }) {
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState("");
  const shown = [...new Set([...(full ? used : []), ...ratings.map((one) => one.scale)])];
  const rate = (scale: string, value: number) => {
    const rest = ratings.filter((one) => one.scale !== scale);
    onChange(value ? [...rest, { scale, value }] : rest);
  };
  const add = (scale: string) => {
    const clean = scale.trim();
    if (clean && !shown.includes(clean)) onNew(clean);
    setName("");
    setAdding(false);
  };
  const offered = known.filter((one) => !shown.includes(one)).slice(0, 8);
  if (!full && shown.length === 0) return null;
  // Before the first rating the words themselves are the way in: one tap, no dialog.
  const open = adding || shown.length === 0;
  return (
    <div className={css.feelings}>
      {shown.map((scale) => <span key={scale}>{scale}<Stars label={scale} value={ratings.find((one) => one.scale === scale)?.value ?? 0} onChange={(value) => rate(scale, value)} /></span>)}
      {full && open && offered.map((scale) => <Chip key={scale} icon="plus" onClick={() => add(scale)}>{scale}</Chip>)}
      {full && (adding
        ? <TextField label={t`新的一项感受`} bare value={name} onChange={setName} onEnter={() => add(name)} onBlur={() => { if (name.trim()) add(name); else setAdding(false); }} autoFocus placeholder={t`自己起个名字，回车`} />
        : <Button small kind="quiet" icon="plus" onClick={() => setAdding(true)}>{shown.length === 0 ? t`自己起一项` : t`加一项感受`}</Button>)}
    </div>
  );
}
