import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "./Button";
import { msToDay, shiftDay, shiftMonth, weekdayOf, weeksOf } from "./day";

const words = (day: string, form: Intl.DateTimeFormatOptions) => new Date(`${day}T00:00:00Z`).toLocaleDateString(i18n.locale || "zh-CN", { ...form, timeZone: "UTC" });

/** One month to pick a day from, in the language of the window. Arrows walk, PageUp and PageDown turn months (with Shift years), Home and End go to the ends of the week, Enter picks, Escape leaves. */
export function Calendar({ value, min, max, onPick, onClear, onClose }: { value: string | null; min?: string; max?: string; onPick: (day: string) => void; onClear?: () => void; onClose: () => void }) {
  const today = msToDay(Date.now());
  const within = (day: string) => (min && day < min ? min : max && day > max ? max : day);
  const [at, setAt] = useState(within(value || today));
  const grid = useRef<HTMLDivElement>(null);
  const walked = useRef(false);
  useEffect(() => { if (walked.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(); walked.current = false; }, [at]);
  const close = useRef(onClose);
  close.current = onClose;
  // Before anything else hears it: what the field stands in would close as well.
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => { if (event.key === "Escape") { event.preventDefault(); event.stopImmediatePropagation(); close.current(); } };
    window.addEventListener("keydown", hear, true);
    return () => window.removeEventListener("keydown", hear, true);
  }, []);

  const key = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: shiftDay(at, -1), ArrowRight: shiftDay(at, 1), ArrowUp: shiftDay(at, -7), ArrowDown: shiftDay(at, 7), Home: shiftDay(at, -weekdayOf(at)), End: shiftDay(at, 6 - weekdayOf(at)),
      PageUp: shiftMonth(at, event.shiftKey ? -12 : -1), PageDown: shiftMonth(at, event.shiftKey ? 12 : 1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    walked.current = true;
    setAt(within(to));
  };
  const can = (day: string) => !(min && day < min) && !(max && day > max);
  const zh = !i18n.locale || i18n.locale.startsWith("zh");
  // An open sheet under it must not take Escape for its own (see useEscape), nor a press here for one beside it.
  const own = { "data-mantine-stop-propagation": "true" };
  return (
    <div className="calendar" onMouseDown={(event) => event.stopPropagation()} onTouchStart={(event) => event.stopPropagation()}>
      <header><IconButton {...own} small icon="back" label={t`上个月`} onClick={() => setAt(within(shiftMonth(at, -1)))} /><b aria-live="polite">{words(at, { year: "numeric", month: "long" })}</b><IconButton {...own} small icon="next" label={t`下个月`} onClick={() => setAt(within(shiftMonth(at, 1)))} /></header>
      <div ref={grid} role="grid" aria-label={words(at, { year: "numeric", month: "long" })} onKeyDown={key}>
        <div role="row">{weeksOf(at)[0]?.map((day) => <span key={day} role="columnheader" aria-label={words(day, { weekday: "long" })}>{words(day, { weekday: zh ? "narrow" : "short" })}</span>)}</div>
        {weeksOf(at).map((week) => (
          <div role="row" key={week[0]}>
            {week.map((day) => (
              <button key={day} {...own} type="button" role="gridcell" tabIndex={day === at ? 0 : -1} data-autofocus={day === at || undefined} disabled={!can(day)} aria-selected={day === value} aria-current={day === today ? "date" : undefined}
                data-out={day.slice(0, 7) !== at.slice(0, 7) || undefined} aria-label={words(day, { year: "numeric", month: "long", day: "numeric", weekday: "long" })} onClick={() => onPick(day)}>{Number(day.slice(8))}</button>
            ))}
          </div>
        ))}
      </div>
      <footer>{onClear && <Button {...own} small kind="quiet" onClick={onClear}>{t`清掉`}</Button>}<Button {...own} small kind="quiet" disabled={!can(today)} onClick={() => onPick(today)}>{t`今天`}</Button></footer>
    </div>
  );
}
