import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { type Affine, at, type Size } from "./geometry";
import type { Mark, Point } from "./model";
import css from "./retouch.module.css";
import { against, colourOf } from "./words";

// The proportions of `core/src/retouch/overlay.rs`, in ems of a mark's words.
const line = 0.16;
const rim = 0.09;
const leading = 1.35;

/** Marks as the core will draw them, nearly: for the moment in which they follow the hand. */
export function LocalMarks({ marks, to, shown }: { marks: Mark[]; to: Affine; shown: Size }) {
  return <g pointerEvents="none">{marks.map((mark, nth) => <LocalMark key={nth} mark={mark} from={at(to, mark.from)} end={at(to, mark.to)} em={mark.size * Math.min(shown.width, shown.height)} />)}</g>;
}

function LocalMark({ mark, from, end, em }: { mark: Mark; from: Point; end: Point; em: number }) {
  const colour = colourOf(mark.ink);
  const long = Math.max(1, Math.hypot(end[0] - from[0], end[1] - from[1]));
  const [ux, uy] = [(end[0] - from[0]) / long, (end[1] - from[1]) / long];
  const words = { arrow: [from[0] - ux * em * (mark.text.length / 2 + 0.5), from[1] - uy * em] as Point, caption: from, ring: [(from[0] + end[0]) / 2, Math.max(from[1], end[1]) + em * 0.8] as Point }[mark.kind];
  const head = Math.min(5 * line * em, 0.7 * long);
  const neck: Point = [end[0] - ux * head, end[1] - uy * head];
  const wing: Point = [-uy * head * 0.55, ux * head * 0.55];
  const shape = mark.kind === "arrow"
    ? <><path d={`M${from}L${neck}`} fill="none" /><path d={`M${end}L${neck[0] + wing[0]} ${neck[1] + wing[1]}L${neck[0] - wing[0]} ${neck[1] - wing[1]}Z`} strokeWidth={0.04 * em} /></>
    : mark.kind === "ring" ? <ellipse cx={(from[0] + end[0]) / 2} cy={(from[1] + end[1]) / 2} rx={Math.abs(from[0] - end[0]) / 2} ry={Math.abs(from[1] - end[1]) / 2} fill="none" /> : null;
  return (
    <>
      {shape && <g stroke={against(mark.ink)} fill={against(mark.ink)} strokeWidth={(line + 2 * rim) * em} strokeLinecap="round" opacity={0.55}>{shape}</g>}
      {shape && <g stroke={colour} fill={colour} strokeWidth={line * em} strokeLinecap="round">{shape}</g>}
      {mark.text && <Words mark={mark} middle={words} em={em} />}
    </>
  );
}

function Words({ mark, middle: [x, y], em }: { mark: Mark; middle: Point; em: number }) {
  const lines = mark.text.split("\n");
  const width = Math.max(...lines.map((text) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2000 ? 1 : 0.55), 0))) * em;
  const height = lines.length * leading * em;
  return (
    <>
      {mark.plate && <rect x={x - width / 2 - 0.45 * em} y={y - height / 2 - 0.18 * em} width={width + 0.9 * em} height={height + 0.36 * em} rx={0.3 * em} fill={colourOf(mark.ink)} />}
      {lines.map((text, nth) => (
        <text key={nth} x={x} y={y - height / 2 + em * (leading * (nth + 0.5) + 0.38)} fontSize={em} fontWeight={700} textAnchor="middle" paintOrder="stroke"
          fill={mark.plate ? against(mark.ink) : colourOf(mark.ink)} stroke={mark.plate ? "none" : against(mark.ink)} strokeWidth={2 * rim * em} strokeOpacity={0.75} strokeLinejoin="round">{text}</text>
      ))}
    </>
  );
}

type Handles = { marks: Mark[]; to: Affine; back: Affine; shown: Size; selected: number | null; onSelect: (nth: number | null) => void; onLive: (marks: Mark[]) => void; onSettle: () => void };

/** What a mark is taken hold of by: all of it, and its two ends once it is chosen. */
export function MarkHandles({ marks, to, back, shown, selected, onSelect, onLive, onSettle }: Handles) {
  const held = useRef<{ nth: number; part: "all" | "from" | "to"; x: number; y: number; mark: Mark; moved: boolean }>(undefined);
  const shift = (mark: Mark, part: "all" | "from" | "to", dx: number, dy: number): Mark => {
    const by = (point: Point): Point => { const [x, y] = at(to, point); return at(back, [x + dx, y + dy]); };
    return { ...mark, from: part === "to" ? mark.from : by(mark.from), to: part === "from" ? mark.to : by(mark.to) };
  };
  const put = (nth: number, mark: Mark) => onLive(marks.map((one, at) => (at === nth ? mark : one)));
  const down = (nth: number, part: "all" | "from" | "to") => (event: PointerEvent<Element>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const mark = marks[nth];
    if (mark) held.current = { nth, part, x: event.clientX, y: event.clientY, mark, moved: false };
    onSelect(nth);
  };
  const move = (event: PointerEvent) => {
    const now = held.current;
    if (!now) return;
    const [dx, dy] = [event.clientX - now.x, event.clientY - now.y];
    if (!now.moved && Math.hypot(dx, dy) < 3) return;
    now.moved = true;
    put(now.nth, shift(now.mark, now.part, dx, dy));
  };
  const up = (event: PointerEvent) => {
    if (!held.current) return;
    event.stopPropagation();
    held.current = undefined;
    onSettle();
  };
  const key = (nth: number, part: "all" | "from" | "to") => (event: KeyboardEvent) => {
    const far = event.shiftKey ? 24 : 3;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key] as [number, number] | undefined;
    const mark = marks[nth];
    if (event.key === "Delete" || event.key === "Backspace") { onLive(marks.filter((_, at) => at !== nth)); onSelect(null); }
    else if (by && mark) put(nth, shift(mark, part, by[0], by[1]));
    else return;
    event.preventDefault();
    event.stopPropagation();
    onSettle();
  };
  const events = (nth: number, part: "all" | "from" | "to") => ({ onPointerDown: down(nth, part), onPointerMove: move, onPointerUp: up, onPointerCancel: up, onKeyDown: key(nth, part), tabIndex: 0, role: "button" });
  return (
    <>
      {marks.map((mark, nth) => {
        const [from, end] = [at(to, mark.from), at(to, mark.to)];
        const em = mark.size * Math.min(shown.width, shown.height);
        const half = (Math.max(2, [...mark.text].length) * em) / 2;
        const name = t`标注 ${nth + 1}：${mark.text || { arrow: t`箭头`, caption: t`文字`, ring: t`圈` }[mark.kind]}`;
        const chosen = selected === nth;
        return (
          <g key={nth} className={css.mark} data-chosen={chosen || undefined}>
            {mark.kind === "caption"
              ? <rect {...events(nth, "all")} aria-label={name} onFocus={() => onSelect(nth)} className={css.hit} x={from[0] - half} y={from[1] - em * 0.8} width={half * 2} height={em * 1.6} rx={6} />
              : mark.kind === "ring"
                ? <rect {...events(nth, "all")} aria-label={name} onFocus={() => onSelect(nth)} className={css.hit} x={Math.min(from[0], end[0])} y={Math.min(from[1], end[1])} width={Math.abs(from[0] - end[0])} height={Math.abs(from[1] - end[1])} rx={6} />
                : <line {...events(nth, "all")} aria-label={name} onFocus={() => onSelect(nth)} className={css.hitLine} x1={from[0]} y1={from[1]} x2={end[0]} y2={end[1]} />}
            {chosen && mark.kind !== "caption" && <circle {...events(nth, "from")} aria-label={t`起点`} className={css.knob} cx={from[0]} cy={from[1]} r={7} />}
            {chosen && mark.kind !== "caption" && <circle {...events(nth, "to")} aria-label={t`终点`} className={css.knob} cx={end[0]} cy={end[1]} r={7} />}
          </g>
        );
      })}
    </>
  );
}
