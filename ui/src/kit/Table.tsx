import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { contextMenu } from "./ContextMenu";
import { Icon } from "./Icon";
import type { MenuEntry } from "./overlays";
import { useWidth } from "./Tiles";

export type Column<Row> = {
  key: string;
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  /** A CSS grid track; "minmax(0, 1fr)" unless told. */
  width?: string;
  right?: boolean;
  /** The value to sort by, or "asked": whoever has the rows sorts them (`order`, `onOrder`), for rows that are fetched piece by piece. A column without it does not sort. */
  sort?: ((row: Row) => string | number) | "asked";
  /** Left out where the table is narrower than this (px): what it says stands in the row's own page. */
  from?: number;
};

/** By which column, and from the top down. */
export type Sorting = { key: string; down: boolean };

type Props<Row> = {
  /** The name for screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** A click or Enter on a row. */
  onOpen?: (row: Row) => void;
  selected?: (row: Row) => boolean;
  /** 48 px rows, or 34 when dense. */
  dense?: boolean;
  /** Called near the end of the rows, to fetch more. */
  onEnd?: () => void;
  /** For columns that sort "asked": what is asked for now, and the wish for another. */
  order?: Sorting;
  onOrder?: (order: Sorting | undefined) => void;
  /** What a right click on a row offers: its name and what can be done with it. */
  menu?: (row: Row) => [label: string, entries: MenuEntry[]];
  /** Rows that stay under all others: what no row holds, and the sum. Their cells by the columns' keys. */
  foot?: { key: string; cells: Record<string, ReactNode>; strong?: boolean }[];
};

const chinese = new Intl.Collator("zh-Hans-CN", { numeric: true });
const compare = (a: string | number, b: string | number) => (typeof a === "number" && typeof b === "number" ? a - b : chinese.compare(String(a), String(b)));

/** Rows under a header that stays; only what is seen is drawn, so 10,000 rows answer at once. Fills the height of its (flex) parent; arrows move, Enter opens. */
export function Table<Row>({ label, columns: all, rows, rowKey, onOpen, selected, dense, onEnd, order: asked, onOrder, menu, foot = [] }: Props<Row>) {
  const [scroller, width] = useWidth<HTMLDivElement>();
  const columns = all.filter((column) => !column.from || !width || width >= column.from);
  const [own, setOwn] = useState<Sorting>();
  const order = onOrder ? asked : own;
  const setOrder = (next: (was: Sorting | undefined) => Sorting | undefined) => (onOrder ? onOrder(next(asked)) : setOwn(next));
  const [current, setCurrent] = useState(0);
  const height = dense ? 34 : 48;

  const sorted = useMemo(() => {
    const by = columns.find((column) => column.key === order?.key)?.sort;
    if (typeof by !== "function" || !order) return rows;
    return rows.toSorted((a, b) => compare(by(a), by(b)) * (order.down ? -1 : 1));
  }, [rows, columns, order]);

  const virtual = useVirtualizer({
    count: sorted.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 8,
    initialRect: { width: 900, height: 600 },
    getItemKey: (nth) => { const row = sorted[nth]; return row === undefined ? nth : rowKey(row); },
    onChange: (now) => { if (onEnd && (now.range?.endIndex ?? 0) >= sorted.length - 20) onEnd(); },
  });
  const tracks = columns.map((column) => column.width ?? "minmax(0, 1fr)").join(" ");

  const move = (event: KeyboardEvent, nth: number) => {
    const row = sorted[nth];
    if (event.target !== event.currentTarget || row === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -nth, End: sorted.length - 1 - nth }[event.key];
    if (event.key === "Enter") onOpen?.(row);
    if (step === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(sorted.length - 1, nth + step));
    setCurrent(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-nth="${to}"]`)?.focus());
  };

  return (
    <div className="table" role="grid" aria-label={label} aria-rowcount={sorted.length + foot.length + 1} style={{ flex: 1 }}>
      <div className="table-scroll" ref={scroller}>
        <div className="table-head" role="row" style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className={column.right ? "cell right" : "cell"}
              aria-sort={order?.key === column.key ? (order.down ? "descending" : "ascending") : undefined}>
              {column.sort
                ? <button type="button" className="sorter" onClick={() => setOrder((was) => (was?.key !== column.key ? { key: column.key, down: Boolean(column.right) } : was.down === Boolean(column.right) ? { key: column.key, down: !was.down } : undefined))}>
                    {column.title}{order?.key === column.key && <Icon name={order.down ? "down" : "up"} size={12} />}
                  </button>
                : column.title}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = sorted[item.index];
            return row !== undefined && (
              <div key={item.key} role="row" aria-rowindex={item.index + 2} aria-selected={selected?.(row)} data-nth={item.index} tabIndex={item.index === current ? 0 : -1}
                className={onOpen ? "table-row opens" : "table-row"} style={{ gridTemplateColumns: tracks, height, transform: `translateY(${item.start}px)` }}
                onFocus={() => setCurrent(item.index)} onKeyDown={(event) => move(event, item.index)} onClick={() => onOpen?.(row)} {...(menu && contextMenu(menu(row)[0], () => menu(row)[1]))}>
                {columns.map((column) => <div key={column.key} role="gridcell" className={column.right ? "cell right" : "cell"}>{column.cell(row)}</div>)}
              </div>
            );
          })}
        </div>
        {foot.length > 0 && (
          <div className="table-foot" role="rowgroup">
            {foot.map((row, nth) => (
              <div key={row.key} role="row" aria-rowindex={sorted.length + nth + 2} className={row.strong ? "table-row strong" : "table-row"} style={{ gridTemplateColumns: tracks, height: 36 }}>
                {columns.map((column) => <div key={column.key} role="gridcell" className={column.right ? "cell right" : "cell"}>{row.cells[column.key]}</div>)}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** The first cell of a row: its picture, its name, a quiet second line. */
export function Lead({ picture, title, note }: { picture?: ReactNode; title: ReactNode; note?: ReactNode }) {
  return <div className="lead">{picture}<div className="words"><span>{title}</span>{note && <small>{note}</small>}</div></div>;
}
