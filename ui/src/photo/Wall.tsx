import { t } from "@lingui/core/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { type Photo, photoUrl } from "../ipc";
import { dayToMs, formatWhen, Picture, useWidth } from "../kit";
import { rowsOf, step } from "./days";
import css from "./photo.module.css";
import type { Selection } from "./selection";
import { focusOf, marksOf } from "./words";

type Props = {
  photos: readonly Photo[];
  selection: Selection;
  onOpen: (nth: number) => void;
  onRate?: (rating: number) => void;
  onKey?: (event: KeyboardEvent) => void;
  onEnd?: () => void;
  /** What is said beside the date of a day. */
  head?: (photos: readonly Photo[], day: string) => ReactNode;
  /** How many photos look like this one. */
  alike?: ReadonlyMap<number, number>;
  /** Narrowest tile in px. */
  min?: number;
  quiet?: boolean;
};
const gap = 8;
const headHeight = 42;

/** Photos by the day they were taken; only the lines that are seen are drawn. Arrows move, Shift reaches, Space opens, 1–5 rates, Esc lets go. */
export function Wall({ photos, selection, onOpen, onRate, onKey, onEnd, head, alike, min = 148, quiet }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const inner = width - 8;
  const columns = Math.max(2, Math.floor((inner + gap) / (min + gap)));
  const tile = (inner - gap * (columns - 1)) / columns;
  const rows = useMemo(() => rowsOf(photos, columns), [photos, columns]);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => box.current, overscan: 4, initialRect: { width: 900, height: 700 },
    estimateSize: (nth) => (rows[nth]?.kind === "day" ? headHeight : Math.round((tile * 4) / 3) + gap),
    onChange: (now) => { if (onEnd && (now.range?.endIndex ?? 0) >= rows.length - 30) onEnd(); },
  });
  useEffect(() => { virtual.measure(); }, [tile, rows]);
  const first = useRef(!quiet);
  useEffect(() => { if (first.current) box.current?.focus({ preventScroll: true }); first.current = false; }, []);

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const plain = !event.metaKey && !event.ctrlKey && !event.altKey;
    if (/^(Arrow|Home|End)/.test(event.key)) {
      const to = step(rows, selection.at, event.key);
      selection.move(to, event.shiftKey);
      virtual.scrollToIndex(rows.findLastIndex((row) => row.kind === "tiles" && row.from <= to), { align: "auto" });
    } else if (event.key === " " && plain) onOpen(selection.at);
    else if (event.key === "Enter" && plain) selection.toggle(selection.at);
    else if (event.key === "Escape") selection.clear();
    else if (event.key.toLowerCase() === "a" && !plain) selection.all();
    else if (/^[0-5]$/.test(event.key) && plain && onRate) onRate(Number(event.key));
    else return onKey?.(event);
    event.preventDefault();
  };
  return (
    <div ref={box} className={css.wall} role="listbox" aria-multiselectable aria-label={t`照片`} tabIndex={0} aria-activedescendant={photos.length ? `${id}-${selection.at}` : undefined} onKeyDown={press} data-testid="photo-wall">
      <div style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = { transform: `translateY(${item.start}px)` };
          if (row.kind === "day") {
            return <div key={item.key} className={css.day} style={place} role="presentation"><b>{formatWhen(dayToMs(row.day))}</b>{head?.(photos.slice(row.from, row.from + row.count), row.day)}</div>;
          }
          return (
            <div key={item.key} className={css.tiles} role="presentation" style={{ ...place, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {photos.slice(row.from, row.from + row.count).map((photo, offset) => (
                <Tile key={photo.id} id={`${id}-${row.from + offset}`} photo={photo} nth={row.from + offset} selection={selection} onOpen={onOpen} alike={alike?.get(photo.id)} onFocus={() => box.current?.focus({ preventScroll: true })} />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Tile({ id, photo, nth, selection, onOpen, alike, onFocus }: { id: string; photo: Photo; nth: number; selection: Selection; onOpen: (nth: number) => void; alike?: number; onFocus: () => void }) {
  const picked = selection.picked.has(photo.id);
  const marks = alike ? [...marksOf(photo), { text: t`很像 ${alike} 张` }] : marksOf(photo);
  return (
    <div id={id} role="option" aria-selected={picked} aria-label={photo.caption || t`照片 ${photo.id}`} className={`${css.tile} ${nth === selection.at ? css.at : ""}`} data-photo={photo.id}
      onMouseDown={(event) => { event.preventDefault(); onFocus(); }} onClick={(event) => selection.click(nth, event)} onDoubleClick={() => onOpen(nth)}>
      <Picture src={photoUrl(photo.id, "thumb")} alt="" focus={focusOf(photo)} marks={marks} stars={photo.rating || undefined} picked={picked} stack={Boolean(alike)} />
      {!picked && <span className={css.hover} aria-hidden="true" onClick={(event) => { event.stopPropagation(); selection.toggle(nth); }} />}
    </div>
  );
}
