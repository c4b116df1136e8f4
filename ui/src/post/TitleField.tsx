import { t } from "@lingui/core/macro";
import { memo, useEffect, useRef, useState } from "react";
import type { Count } from "../ipc";
import { isComposing } from "../kit";
import { Echo } from "./echo";
import css from "./post.module.css";
import { standing } from "./Preview";

type Props = { first: boolean; value: string; onChange: (title: string) => void; onEnter: () => void; count: Count | undefined };

/** The title with the counter of the chosen channel. Letters of an input method are not told until the candidate is chosen. */
export const TitleField = memo(function TitleField({ value, onChange, onEnter, count, first }: Props) {
  const [shown, setShown] = useState(value);
  const echo = useRef<Echo<string>>(undefined);
  echo.current ??= new Echo(value);
  useEffect(() => { if (echo.current?.hears(value)) setShown(value); }, [value]);
  const tell = (title: string) => { if (title === echo.current?.newest) return; echo.current?.tell(title); onChange(title); };
  return (
    <div className={css.title}>
      <input id="post-title" data-testid="post-title" aria-label={t`标题`} placeholder={t`标题`} value={shown} autoFocus={first} autoComplete="off" spellCheck={false}
        onChange={(event) => {
          setShown(event.target.value);
          if (!(event.nativeEvent as InputEvent).isComposing) tell(event.target.value);
        }}
        onCompositionEnd={(event) => tell(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === "Enter" && !isComposing(event)) { event.preventDefault(); onEnter(); } }} />
      {count && <small className="num" data-standing={standing(count)}>{count.count}{count.limit !== null && ` / ${count.limit}`} {count.unit}</small>}
    </div>
  );
});
