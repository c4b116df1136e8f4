import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Review } from "../ipc";
import { Button, Card, Chip, EmptyState, formatNum, Loaded, Page, SelectField, useAsked } from "../kit";
import { useReviewProducts, useReviews, useSummary, useTrashedReviews } from "./api";
import { Bulk, EmptyTrash, Filters } from "./Filters";
import { PasteDialog } from "./PasteDialog";
import { Reasons } from "./Reasons";
import css from "./review.module.css";
import { RulesDialog } from "./RulesDialog";
import { proposals, type Sift, sifted } from "./sift";
import { TableDialog, usePickTable } from "./TableDialog";
import { Gone, Voice } from "./Voice";

/** 评价: every voice over all products, or over one (?product=). */
export default function ReviewPage() {
  const go = useNavigate();
  const asked: Record<string, unknown> = useSearch({ strict: false });
  const product = Number(asked.product) || null;
  const reviews = useReviews(product);
  const summary = useSummary(product).data;
  const products = useReviewProducts();
  const table = usePickTable();
  const [sift, setSift] = useState<Sift>({});
  const [open, setOpen] = useState<"paste" | "rules">();
  useAsked("paste", () => setOpen("paste"));
  useAsked("rules", () => setOpen("rules"));
  const [shown, setShown] = useState<number>();
  useAsked("show", () => { setSift({}); setShown(Number(asked.show) || undefined); });
  const names = useMemo(() => new Map((products.data ?? []).map((one) => [one.id, one.name])), [products.data]);
  const all = reviews.data ?? [];
  const trash = useTrashedReviews(product, Boolean(sift.trashed)).data;
  const found = useMemo(() => (sift.trashed ? trash ?? [] : sifted(all, sift)), [all, trash, sift]);
  const waiting = useMemo(() => all.filter((review) => proposals(review).length > 0).length, [all]);
  const over = (next: number | null) => { setSift({}); void go({ to: "/review", search: next ? { product: next } : {}, replace: true } as never); };
  const paste = <Button icon="copy" onClick={() => setOpen("paste")} data-testid="review-paste">{t`贴反馈`}</Button>;
  const bring = <Button icon="import" onClick={table.pick} data-testid="review-import">{t`导入表格`}</Button>;
  return (
    <Page title={t`评价`} still onBack={() => void go(product ? { to: "/product/$id", params: { id: String(product) } } : { to: "/product" })}
      sub={product ? names.get(product) : summary && t`${formatNum(summary.total)} 条 · ${formatNum(summary.buyers)} 位买家，都认不出是谁`}
      actions={<><Button kind="quiet" icon="filter" onClick={() => setOpen("rules")} data-testid="review-rules">{t`认原因的词`}</Button>{bring}{paste}</>}
      bar={summary && (all.length > 0 || summary.trashed > 0) ? <Filters summary={summary} sift={sift} onSift={setSift} waiting={waiting} /> : undefined}>
      <Loaded query={reviews} shape="rows" isEmpty={(data) => data.length === 0 && !sift.trashed} empty={<EmptyState drawing="page" title={t`还没有评价`} actions={<>{paste}{bring}</>}>{t`把群里、评论区里的反馈贴进来：为什么买、为什么退，一眼看到。`}</EmptyState>}>
        {() => (
          <div className={css.page}>
            <Card style={{ flex: 1, minWidth: 0, minHeight: 0, display: "flex", flexDirection: "column" }}>
              {sift.trashed ? <EmptyTrash shown={found} product={product} onEmptied={() => setSift({})} /> : <Bulk shown={found} sift={sift} />}
              {found.length === 0
                ? <EmptyState drawing="leaf" title={sift.trashed ? t`回收站是空的` : t`没有这样的评价`} actions={<Button onClick={() => setSift({})}>{t`看全部`}</Button>}>{sift.trashed ? t`删掉的评价先放在这里，随时能拿回来。` : t`换个条件，或者放宽一点。`}</EmptyState>
                : <Voices reviews={found} shown={shown} names={product ? undefined : names} onProduct={over} onReason={(kind, label) => setSift({ ...sift, reason: { kind, label } })} />}
            </Card>
            <aside className={css.side}>
              <Card><SelectField label={t`看哪件好物`} search clear placeholder={t`全部好物`} value={product === null ? null : String(product)} onChange={(next) => over(next ? Number(next) : null)} options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} /></Card>
              {summary && summary.reasons.length > 0 && <Card><Reasons summary={summary} sift={sift} onSift={setSift} /></Card>}
              <p className="muted" style={{ fontSize: 12.5, padding: "0 6px" }}>{t`实心是你确认的，斜纹是从词里读到、等你看的。选中一条：A 都对，X 都不是，E 改原因，C 记授权，↑↓ 换一条。`}</p>
            </aside>
          </div>
        )}
      </Loaded>
      {open === "paste" && <PasteDialog product={product ?? undefined} onClose={() => setOpen(undefined)} />}
      {open === "rules" && <RulesDialog onClose={() => setOpen(undefined)} />}
      {table.file && <TableDialog product={product ?? undefined} file={table.file} onClose={table.close} />}
    </Page>
  );
}

/** The voices, only those drawn that are seen; the arrows go from one to the next. */
function Voices({ reviews, shown, names, onProduct, onReason }: { reviews: Review[]; shown?: number; names?: ReadonlyMap<number, string>; onProduct: (product: number) => void; onReason: Parameters<typeof Voice>[0]["onReason"] }) {
  const box = useRef<HTMLDivElement>(null);
  const want = useRef<number>(undefined);
  const held = useRef<{ id: number; nth: number }>(undefined);
  const virtual = useVirtualizer({ count: reviews.length, getScrollElement: () => box.current, estimateSize: () => 112, overscan: 6, initialRect: { width: 900, height: 700 }, getItemKey: (nth) => reviews[nth]?.id ?? nth });
  const focus = (nth: number) => {
    const element = box.current?.querySelector<HTMLElement>(`[data-voice="${reviews[nth]?.id}"]`);
    if (!element) return;
    want.current = undefined;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  };
  const to = (nth: number) => { want.current = nth; virtual.scrollToIndex(nth); focus(nth); };
  // What held the focus is gone (said yes or no to, taken away): the keys go on from its voice, or from the one in its place. A voice that was only scrolled out of sight is left alone.
  useEffect(() => {
    const was = held.current;
    const at = was ? reviews.findIndex((review) => review.id === was.id) : -1;
    if (was && at >= 0) was.nth = at;
    if (!was || document.activeElement !== document.body) return;
    held.current = undefined;
    if (at < 0) to(Math.min(was.nth, reviews.length - 1));
    else focus(at);
  });
  useEffect(() => { if (want.current !== undefined) focus(want.current); });
  useEffect(() => { const nth = shown === undefined ? -1 : reviews.findIndex((review) => review.id === shown); if (nth >= 0) to(nth); }, [shown, reviews.length > 0]);
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const at = (event.target as HTMLElement).dataset.voice;
    if (!step || at === undefined || event.metaKey || event.ctrlKey) return;
    const next = reviews.findIndex((review) => review.id === Number(at)) + step;
    if (next < 0 || next >= reviews.length) return;
    event.preventDefault();
    to(next);
  };
  const hold = (target: Element) => {
    const id = Number(target.closest<HTMLElement>("[data-voice]")?.dataset.voice);
    held.current = id ? { id, nth: reviews.findIndex((review) => review.id === id) } : undefined;
  };
  return (
    <div ref={box} className={css.scroll} onKeyDown={press} onFocus={(event) => hold(event.target)} onBlur={() => { held.current = undefined; }}>
      <ul aria-label={t`评价`} style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const review = reviews[row.index];
          const name = review && names?.get(review.product);
          return review && (
            <li key={row.key} ref={virtual.measureElement} data-index={row.index} style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${row.start}px)` }}>
              {review.trashed_at
                ? <Gone review={review} product={name && <Chip icon="product">{name}</Chip>} />
                : <Voice review={review} onReason={onReason} product={name && <Chip icon="product" onClick={() => onProduct(review.product)}>{name}</Chip>} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
