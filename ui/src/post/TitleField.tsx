import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { Count } from "../ipc";
import { isComposing } from "../kit";
import css from "./post.module.css";
import { standing } from "./Preview";

/** The title with the counter of the chosen channel. Letters of an input method are not told until the candidate is chosen. */
export function TitleField({ value, onChange, onEnter, count, first }: { first: boolean; value: string; onChange: (title: string) => void; onEnter: () => void; count: Count | undefined }) {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  return (
    <div className={css.title}>
      <input id="post-title" data-testid="post-title" aria-label={t`标题`} placeholder={t`标题`} value={shown} autoFocus={first} autoComplete="off" spellCheck={false}
        onChange={(event) => {
          setShown(event.target.value);
          if (!(event.nativeEvent as InputEvent).isComposing) onChange(event.target.value);
        }}
        onCompositionEnd={(event) => { if (event.currentTarget.value !== value) onChange(event.currentTarget.value); }}
        onKeyDown={(event) => { if (event.key === "Enter" && !isComposing(event)) { event.preventDefault(); onEnter(); } }} />
      {count && <small className="num" data-standing={standing(count)}>{count.count}{count.limit !== null && ` / ${count.limit}`} {count.unit}</small>}
    </div>
  );
}
