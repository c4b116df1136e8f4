import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { formatNum } from "../kit";
import { dayAt, heightOf, type Layout } from "./layout";
import css from "./photo.module.css";

/** The month of a day, as people say it. */
const monthOf = (day: string | undefined) => { const [year, month] = (day ?? "").split("-"); return year && month ? t`${year} 年 ${Number(month)} 月` : ""; };

/** The right edge of the wall: years to aim at, and a handle that says the month while it is pulled through a hundred thousand photos. */
export function Scrubber({ layout, top, height, total, onMove }: { layout: Layout; top: number; height: number; total: number; onMove: (top: number) => void }) {
  const bar = useRef<HTMLDivElement>(null);
  const [pulled, setPulled] = useState(false);
  const end = Math.max(1, heightOf(layout) + 90 - height);
  // The first day of each year, where there is room for its number.
  const years = useMemo(() => {
    const found: { year: string; share: number }[] = [];
    let last = "";
    layout.days.forEach((day, nth) => {
      const year = day.on.slice(0, 4);
      const share = (layout.tops[nth] ?? 0) / Math.max(1, heightOf(layout));
      if (year !== last && share - (found.at(-1)?.share ?? -1) > 0.04) found.push({ year, share });
      last = year;
    });
    return found;
  }, [layout]);
  if (heightOf(layout) < height * 2.5) return null;

  const share = Math.min(1, top / end);
  const day = layout.days[dayAt(layout, top)]?.on;
  const pull = (event: PointerEvent) => {
    const frame = bar.current?.getBoundingClientRect();
    if (frame) onMove(Math.max(0, Math.min(1, (event.clientY - frame.top) / frame.height)) * end);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowUp: -height / 2, ArrowDown: height / 2, PageUp: -height * 10, PageDown: height * 10, Home: -end, End: end }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(Math.max(0, Math.min(end, top + by)));
  };
  return (
    <div ref={bar} className={`${css.scrubber} ${pulled ? css.pulled : ""}`} role="slider" tabIndex={0} aria-label={t`按月份翻`} aria-orientation="vertical" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={monthOf(day)} data-testid="photo-scrubber"
      // Pulled by the mouse it takes no focus: the wall keeps hearing its keys.
      onMouseDown={(event) => event.preventDefault()} onKeyDown={press} onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); setPulled(true); pull(event); }} onPointerMove={(event) => { if (pulled) pull(event); }} onLostPointerCapture={() => setPulled(false)}>
      {years.map((one) => <span key={one.year} className={css.year} style={{ top: `${one.share * 100}%` }}>{one.year}</span>)}
      <i style={{ top: `${share * 100}%` }}>{pulled && <b>{monthOf(day)}<small>{t`共 ${formatNum(total)} 张`}</small></b>}</i>
    </div>
  );
}
