import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** The inner width of an element in CSS pixels, kept up to date; 900 where there is no layout (tests). */
export function useWidth<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => { if (element.clientWidth) setWidth(element.clientWidth); };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [ref, width] as const;
}

type Props = {
  label: string;
  count: number;
  keyOf: (nth: number) => string | number;
  /** Narrowest tile and what stands under its 3:4 picture, in px. */
  min: number;
  below?: number;
  gap?: number;
  onEnd?: () => void;
  children: (nth: number) => ReactNode;
};

/** Picture tiles in as many columns as fit; only the rows that are seen are drawn. Scrolls by itself and fills the height of its (flex) parent. */
export function Tiles({ label, count, keyOf, min, below = 0, gap = 16, onEnd, children }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const inner = width - 6;
  const columns = Math.max(1, Math.floor((inner + gap) / (min + gap)));
  const height = Math.round(((inner - gap * (columns - 1)) / columns) * (4 / 3) + below + gap);
  const rows = Math.ceil(count / columns);
  const virtual = useVirtualizer({
    count: rows, getScrollElement: () => box.current, estimateSize: () => height, overscan: 3, initialRect: { width: 900, height: 700 },
    onChange: (now) => { if (onEnd && (now.range?.endIndex ?? 0) >= rows - 4) onEnd(); },
  });
  useEffect(() => { virtual.measure(); }, [height, columns]);
  return (
    <div ref={box} style={{ overflow: "auto", flex: 1, minHeight: 0, margin: "0 -3px", padding: 3 }}>
      <ul aria-label={label} style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().flatMap((row) => Array.from({ length: Math.min(columns, count - row.index * columns) }, (_, column) => {
          const nth = row.index * columns + column;
          const wide = (inner - gap * (columns - 1)) / columns;
          return <li key={keyOf(nth)} style={{ position: "absolute", top: 0, left: 0, width: wide, transform: `translate(${column * (wide + gap)}px, ${row.start}px)` }}>{children(nth)}</li>;
        }))}
      </ul>
    </div>
  );
}
