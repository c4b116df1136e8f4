import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Drawn } from "./api";
import { at, clamp, edited, fit, inverse, place, type Size, thin } from "./geometry";
import { LocalMarks, MarkHandles } from "./Marks";
import { type Edits, type Mark, type Point, same, type Stroke } from "./model";
import css from "./retouch.module.css";
import { filterOf, ToneFilter } from "./ToneFilter";

export type Brush = Pick<Stroke, "veil" | "radius">;
export type Pen = Pick<Mark, "kind" | "ink" | "plate" | "size">;

type Props = {
  /** The core's picture of these edits or of those a moment ago, and the same without marks. */
  drawn: Drawn | undefined; bare: Drawn | undefined;
  original: Size; box: Size; edits: Edits; live: boolean;
  brush?: Brush; pen?: Pen;
  selected: number | null; onSelect: (nth: number | null) => void;
  onLive: (edits: Edits) => void; onSettle: () => void; onChange: (edits: Edits) => void;
};

/** The edited picture as the core draws it; strokes and marks under the hand are drawn here until it has caught up. */
export function ResultStage({ drawn, bare, original, box, edits, live, brush, pen, selected, onSelect, onLive, onSettle, onChange }: Props) {
  const size = edited(original, edits);
  const shown = fit(size, box);
  const to = place(original, edits, shown);
  const back = inverse(to);
  const perShare = (Math.max(original.width, original.height) * shown.width) / size.width;
  const [stroke, setStroke] = useState<Point[]>();
  const [cursor, setCursor] = useState<Point>();
  // Where the hand has been since it came down. Moves come faster than renderings, so the way is kept here and only shown from the state.
  const drawing = useRef<Point[]>(undefined);

  const catchingUp = !drawn || !same(drawn.edits.marks, edits.marks);
  const local = pen && (live || catchingUp) && bare;
  const picture = local ? bare : drawn;
  const waiting = edits.hidden.filter((one, nth) => !same(picture?.edits.hidden[nth], one));

  const spot = (event: PointerEvent<Element>): Point => {
    const rect = event.currentTarget.getBoundingClientRect();
    return [event.clientX - rect.left, event.clientY - rect.top];
  };
  const shares = (points: Point[]) => points.map((point) => at(back, point));
  const paint = (points: Point[]) => brush && onChange({ ...edits, hidden: [...edits.hidden, { ...brush, points: shares(thin(points, brush.radius * perShare)) }] });
  const drop = (from: Point, end: Point) => {
    if (!pen) return;
    // A click without a way: an arrow or ring of a size that can be taken hold of.
    const short = Math.hypot(end[0] - from[0], end[1] - from[1]) < 8;
    const reach = Math.min(shown.width, shown.height) * 0.14;
    const [tail, head]: [Point, Point] = !short ? [from, end] : pen.kind === "ring" ? [[from[0] - reach / 2, from[1] - reach / 2], [from[0] + reach / 2, from[1] + reach / 2]] : [[from[0] - reach, from[1] - reach], from];
    const mark: Mark = { ...pen, text: pen.kind === "caption" ? t`写点什么` : "", from: at(back, pen.kind === "caption" ? from : tail), to: at(back, pen.kind === "caption" ? from : head) };
    onChange({ ...edits, marks: [...edits.marks, mark] });
    onSelect(edits.marks.length);
  };

  const down = (event: PointerEvent<Element>) => {
    if (event.button !== 0 || (!brush && !pen)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = [spot(event)];
    if (brush) setStroke(drawing.current);
  };
  const move = (event: PointerEvent<Element>) => {
    const here = spot(event);
    if (brush) setCursor(here);
    if (!brush || !drawing.current) return;
    const way = event.nativeEvent.getCoalescedEvents?.().map((one): Point => [here[0] + one.clientX - event.clientX, here[1] + one.clientY - event.clientY]) ?? [];
    drawing.current = [...drawing.current, ...(way.length ? way : [here])];
    setStroke(drawing.current);
  };
  const up = (event: PointerEvent<Element>) => {
    const way = drawing.current;
    const from = way?.[0];
    drawing.current = undefined;
    setStroke(undefined);
    if (!way || !from) return;
    if (brush) paint(way);
    if (pen) {
      const end = spot(event);
      if (selected !== null && Math.hypot(end[0] - from[0], end[1] - from[1]) < 8) onSelect(null);
      else drop(from, end);
    }
  };
  const key = (event: KeyboardEvent) => {
    if ((!brush && !pen) || event.target !== event.currentTarget) return;
    const far = event.shiftKey ? 48 : 8;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key];
    const from = cursor ?? [shown.width / 2, shown.height / 2];
    if (by) setCursor([clamp(from[0] + (by[0] ?? 0), 0, shown.width), clamp(from[1] + (by[1] ?? 0), 0, shown.height)]);
    else if (event.key === "Enter") { if (brush) paint([from]); else drop(from, from); } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const label = brush ? t`画面：拖动打码；方向键移动画笔，回车盖一下` : pen ? t`画面：拖动画标注；方向键移动，回车放下` : t`修好的样子`;
  return (
    <div className={css.sheet} style={{ width: shown.width, height: shown.height }} data-testid="retouch-result-stage">
      {picture && <img src={picture.url} alt={t`修好的样子`} draggable={false} className={css.result} style={{ filter: filterOf(picture.edits.tone, edits.tone) }} />}
      {picture && <ToneFilter from={picture.edits.tone} to={edits.tone} />}
      <svg className={css.over} viewBox={`0 0 ${shown.width} ${shown.height}`} data-brush={brush ? true : undefined} data-pen={pen ? true : undefined}
        tabIndex={brush || pen ? 0 : -1} role="application" aria-label={label} onKeyDown={key}
        onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={() => { drawing.current = undefined; setStroke(undefined); }} onPointerLeave={() => setCursor(undefined)}>
        {waiting.map((one, nth) => <Trace key={nth} points={one.points.map((point) => at(to, point))} radius={one.radius * perShare} />)}
        {brush && stroke && <Trace points={stroke} radius={brush.radius * perShare} />}
        {local && <LocalMarks marks={edits.marks} to={to} shown={shown} />}
        {pen && <MarkHandles marks={edits.marks} to={to} back={back} shown={shown} selected={selected} onSelect={onSelect} onLive={(marks) => onLive({ ...edits, marks })} onSettle={onSettle} />}
        {(brush || pen) && cursor && <circle cx={cursor[0]} cy={cursor[1]} r={brush ? Math.max(3, brush.radius * perShare) : 5} className={css.brush} />}
      </svg>
    </div>
  );
}

function Trace({ points, radius }: { points: Point[]; radius: number }) {
  const [first] = points;
  const way = points.length > 1 ? points : first ? [first, [first[0] + 0.01, first[1]]] : [];
  return <polyline points={way.map((point) => point.join(",")).join(" ")} className={css.trace} strokeWidth={Math.max(1, radius * 2)} />;
}
