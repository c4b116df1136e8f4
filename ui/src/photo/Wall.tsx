import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Wall as Index, WallDay } from "../ipc";
import { dayToMs, formatWhen, useWidth } from "../kit";
import { useTiles } from "./api";
import { useBand } from "./band";
import { countOf, heightOf, layoutOf, linesBetween, placeOf, step } from "./layout";
import css from "./photo.module.css";
import { useReach } from "./reach";
import { Scrubber } from "./Scrubber";
import type { Selection } from "./selection";
import { Tile } from "./Tile";
import { useDoubtful } from "./twins";

type Props = {
  wall: Index;
  selection: Selection;
  onOpen: (nth: number) => void;
  /** A right click on a photo, or the menu key on the one the cursor stands on. */
  onMenu?: (nth: number, event: MouseEvent) => void;
  /** Keys the wall itself has no use for. */
  onKey?: (event: KeyboardEvent) => void;
  /** What is said beside the date of a day; `from` is its first photo. */
  head?: (day: WallDay, from: number) => ReactNode;
  /** Narrowest tile in px. */
  min?: number;
  /** How many photos look like this one. */
  alike?: ReadonlyMap<number, number>;
  /** Tiles can be taken along to drop them on something. */
  carry?: boolean;
};
const gap = 8;
const headHeight = 42;
/** Faster than this (px per ms, some forty lines a second) nobody sees a picture: none is begun until it is slower. */
const flung = 8;
/** Still for this long (ms) is at rest. */
const rest = 110;

/** Photos by the day they were taken; only the lines that are seen are there, and their elements are used again. Arrows, Home, End and pages move, Shift reaches, Space opens, Enter picks, Esc lets go. */
export function Wall({ wall, selection, onOpen, onMenu, onKey, head, min = 148, alike, carry }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const inner = width - 8;
  const columns = Math.max(2, Math.floor((inner + gap) / (min + gap)));
  const tile = (inner - gap * (columns - 1)) / columns;
  const line = Math.round((tile * 4) / 3) + gap;
  const layout = useMemo(() => layoutOf(wall.days, columns, headHeight, line), [wall.days, columns, line]);
  const stamps = useMemo(() => new Map(wall.edited), [wall.edited]);
  const view = useScroll(box, layout, wall.ids);

  // Further ahead than behind: a picture is begun well before it comes into sight.
  const lines = linesBetween(layout, view.top - view.height * (view.up ? 1.5 : 0.5), view.top + view.height * (view.up ? 1.5 : 2.5));
  const tiles = lines.filter((one) => one.kind === "tiles");
  const [from, to] = [tiles[0]?.from ?? 0, (tiles.at(-1)?.from ?? 0) + (tiles.at(-1)?.count ?? 0)];
  const seen = useTiles(wall.ids, from, to, !view.fast);
  const doubts = useDoubtful(wall.ids, from, to, !view.fast);
  // As many slots as lines were ever needed: a line that scrolls in takes over the elements of one that left.
  const slots = useRef(1);
  slots.current = Math.max(slots.current, tiles.length);

  // What has the focus and the keys: the photos alone, for the heads of the days hold buttons, which no list of options may.
  const list = useRef<HTMLDivElement>(null);
  useReach(list);
  const first = useRef(true);
  useEffect(() => { if (first.current) list.current?.focus({ preventScroll: true }); first.current = false; }, []);
  const band = useBand(box, layout, tile + gap, gap, (some, adding) => selection.only([...(adding ? selection.picked : []), ...some.flatMap((nth) => wall.ids[nth] ?? [])]));
  // What tiles call never changes, so that a tile is drawn again only when something of its own did.
  const latest = useRef({ selection, onOpen, onMenu });
  latest.current = { selection, onOpen, onMenu };
  const acts = useMemo(() => ({
    click: (nth: number, keys: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => latest.current.selection.click(nth, keys),
    toggle: (nth: number) => latest.current.selection.toggle(nth),
    open: (nth: number) => latest.current.onOpen(nth),
    menu: (nth: number, event: MouseEvent) => latest.current.onMenu?.(nth, event),
    focus: () => list.current?.focus({ preventScroll: true }),
  }), []);

  // The cursor may be moved from elsewhere too (the large view); it stays in sight.
  const at = useRef(selection.at);
  useEffect(() => {
    if (at.current === selection.at) return;
    at.current = selection.at;
    const { top } = placeOf(layout, selection.at);
    view.reveal(top === headHeight ? 0 : top, top + line);
  }, [selection.at]);

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
    if (/^(Arrow|Home|End|Page)/.test(event.key)) selection.move(step(layout, selection.at, event.key, Math.max(line, Math.floor(view.height / line) * line)), event.shiftKey);
    else if (event.key === " " && plain) onOpen(selection.at);
    else if (event.key === "Enter" && plain) selection.toggle(selection.at);
    else if (event.key === "Escape") selection.clear();
    else if (event.key.toLowerCase() === "a" && !plain) selection.all();
    else return onKey?.(event);
    event.preventDefault();
  };
  return (
    <div className={css.frame}>
      <div ref={box} className={css.wall} onScroll={view.onScroll} onPointerDown={band.onPointerDown} data-testid="photo-wall">
        <div className={css.content} style={{ height: heightOf(layout) }}>
          {lines.map((one) => {
            const day = layout.days[one.nth];
            return one.kind === "day" && day && <div key={`d${one.nth}`} className={css.day} style={{ transform: `translateY(${one.top}px)` }}><b>{formatWhen(dayToMs(day.on))}</b>{head?.(day, one.from)}</div>;
          })}
          <div ref={list} className={css.list} role="listbox" aria-multiselectable aria-label={t`照片`} tabIndex={0} aria-activedescendant={wall.ids.length ? `${id}-${selection.at}` : undefined} onKeyDown={press} onContextMenu={(event) => { if (event.target === event.currentTarget && wall.ids.length) onMenu?.(selection.at, event); }}>
            {tiles.map((one) => (
              <div key={`t${one.nth % slots.current}`} className={css.tiles} role="presentation" style={{ transform: `translateY(${one.top}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
                {Array.from({ length: one.count }, (_, offset) => {
                  const nth = one.from + offset;
                  const photo = wall.ids[nth] ?? 0;
                  return <Tile key={offset} dom={`${id}-${nth}`} id={photo} nth={nth} mark={wall.marks[nth] ?? 0} stamp={stamps.get(photo) ?? 0} photo={seen.get(photo)} picked={selection.picked.has(photo)} at={nth === selection.at} load={!view.fast} doubt={doubts.has(photo)} alike={alike?.get(photo)} carry={carry} acts={acts} />;
                })}
              </div>
            ))}
          </div>
          {band.shape && <div className={css.band} style={band.shape} />}
        </div>
      </div>
      <Scrubber layout={layout} top={view.top} height={view.height} onMove={view.scrollTo} total={countOf(layout)} />
    </div>
  );
}

type View = { top: number; height: number; fast: boolean; up: boolean };

/** How far a box is scrolled, and whether too fast to see anything. When photos come or go, what is on top of the view stays where it is. */
function useScroll(box: { current: HTMLDivElement | null }, layout: ReturnType<typeof layoutOf>, ids: readonly number[]) {
  const [view, setView] = useState<View>({ top: 0, height: 800, fast: false, up: false });
  const was = useRef({ top: 0, time: 0, timer: 0, jump: false });

  const drawn = useRef(0);
  const onScroll = useCallback((event?: unknown) => {
    const element = box.current;
    if (!element) return;
    const top = element.scrollTop;
    const now = performance.now();
    const up = top < was.current.top;
    const speed = Math.abs(top - was.current.top) / Math.max(1, now - was.current.time);
    const fast = !was.current.jump && now - was.current.time < 200 && speed > flung;
    was.current.top = top;
    was.current.time = now;
    was.current.jump = false;
    clearTimeout(was.current.timer);
    if (fast) was.current.timer = window.setTimeout(() => setView((view) => ({ ...view, fast: false })), rest);
    const height = element.clientHeight || 800;
    // Drawn anew only every half line; what scrolls in between is drawn already.
    const step = Math.round(top / (layout.line / 2)) * (layout.line / 2);
    const put = () => setView((view) => (view.top === step && view.fast === fast && view.height === height ? view : { top: step, height, fast, up }));
    // Further than what was drawn ahead: it must stand before the next frame is shown, or that frame is blank.
    if (Math.abs(top - drawn.current) > height * 0.6 && event !== undefined) flushSync(put);
    else put();
    drawn.current = step;
  }, [layout.line]);

  const scrollTo = useCallback((top: number, jump = false) => {
    was.current.jump = jump;
    if (box.current) box.current.scrollTop = top;
  }, []);
  const reveal = (top: number, bottom: number) => {
    const element = box.current;
    if (!element) return;
    if (top < element.scrollTop) scrollTo(top, true);
    else if (bottom > element.scrollTop + element.clientHeight) scrollTo(bottom - element.clientHeight + gap, true);
  };

  // The photo on top of the view, and how far above it the view begins.
  const anchor = useRef<{ layout: typeof layout; ids: readonly number[] }>({ layout, ids });
  useLayoutEffect(() => {
    const before = anchor.current;
    anchor.current = { layout, ids };
    const element = box.current;
    // Where another wall puts the view is no speed.
    was.current.jump = true;
    if (!element || before.layout === layout) return onScroll();
    const top = was.current.top;
    // At the very top new photos are what one wants to see.
    if (top < headHeight) return onScroll();
    const line = linesBetween(before.layout, top, top + before.layout.line * 2).find((one) => one.kind === "tiles");
    const held = line && before.ids[line.from];
    const now = held === undefined ? -1 : ids.indexOf(held);
    if (line && now >= 0) scrollTo(placeOf(layout, now).top + (top - line.top), true);
    onScroll();
  }, [layout, ids]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => onScroll());
    watch.observe(element);
    return () => watch.disconnect();
  }, [onScroll]);
  useEffect(() => () => clearTimeout(was.current.timer), []);
  return { ...view, onScroll, scrollTo, reveal };
}
