import { t } from "@lingui/core/macro";
import { DndContext, type DragEndEvent, type DragMoveEvent, DragOverlay, PointerSensor, pointerWithin, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { Finding, Post } from "../ipc";
import { Button, daysBetween, formatMoney, IconButton, Menu, Page, say, Segmented, useKeys } from "../kit";
import { ms, useChannels, useChecked, useEditPost, useEvidence } from "./api";
import { BodyEditor, type BodyHandle } from "./BodyEditor";
import { ChannelPane } from "./ChannelPane";
import { Declarations } from "./Declarations";
import { Evidence, type Piece } from "./Evidence";
import { ExportDialog } from "./ExportDialog";
import { Findings } from "./Findings";
import { PhotoPicker, ProductPicker } from "./Pickers";
import { PhotoStrip } from "./PhotoStrip";
import css from "./post.module.css";
import { Saved, SaveTrouble } from "./Saved";
import { TitleField } from "./TitleField";
import { Versions } from "./Versions";
import { useDraft, useFoundIn, useOwnWords, useUsed, worse } from "./writing";

type Sheet = "products" | "photos" | "versions" | "declarations" | "export";

/** Three columns: what is known, what is written, what others will see. */
export function Desk({ post, onBack }: { post: Post; onBack: () => void }) {
  const { draft, change, journal, saving } = useDraft(post);
  const channels = useChannels();
  const [picked, setPicked] = useState<number>();
  const channel = channels.data?.find((one) => one.id === picked) ?? channels.data?.[0];
  const words = useOwnWords(post.id, channel?.id);
  const checked = useChecked(post.id, channel?.id);
  const known = useEvidence(draft.products);
  const [sheet, setSheet] = useState<Sheet>();
  // Only where three columns find no room.
  const [side, setSide] = useState<"evidence" | "preview">("evidence");
  const editor = useRef<BodyHandle>(null);
  const edit = useEditPost();
  const go = useNavigate();

  const title = words.own?.title ?? draft.title;
  const body = words.own?.body ?? draft.body;
  const used = useUsed(body);
  const clean = () => !Object.keys(journal.unsaved).length && !Object.keys(words.journal.unsaved).length;
  const at = useFoundIn(checked.data?.findings, checked.dataUpdatedAt, clean, body);
  const write = (part: "title" | "body", text: string) => {
    if (words.own && words.own[part] !== null) words.set({ ...words.own, [part]: text });
    else change({ [part]: text });
  };
  const flush = async () => { await Promise.all([journal.flush(), words.journal.flush()]); };

  const names = useMemo(() => new Map([
    ...known.prices.data.map((price) => [`price:${price.id}`, formatMoney(price.amount, price.currency)] as const),
    ...known.reviews.data.map((review) => [`review:${review.id}`, `“${[...review.text].slice(0, 16).join("")}${[...review.text].length > 16 ? "…" : ""}”`] as const),
    ...known.goods.map((product) => [`link:${product.id}`, product.name] as const),
  ]), [known.prices.data, known.reviews.data, known.goods]);

  useKeys("mod+S", () => void flush());
  useKeys("mod+Enter", () => setSheet("export"));

  const insert = (piece: Piece, spot?: { x: number; y: number }) => editor.current?.insert(piece.insert, { ownLine: piece.ownLine, at: spot });
  const mend = (finding: Finding) => {
    if (!finding.fix) return;
    if (finding.field === "title") write("title", title.slice(0, finding.start) + finding.fix.replacement + title.slice(finding.end));
    else if (!editor.current?.mend(finding)) say.done(t`这处已经改过了`);
  };
  const archive = () => edit.mutateAsync({ id: post.id, patch: { archived: true } }).then(() => {
    onBack();
    say.done(t`已归档`, () => edit.mutateAsync({ id: post.id, patch: { archived: false } }));
  }, say.failed);

  const trial = known.trials.data.find((one) => !one.finished_on) ?? known.trials.data[0];
  const days = trial ? daysBetween(ms(`${trial.started_on}T00:00`), trial.finished_on ? ms(`${trial.finished_on}T00:00`) : Date.now()) + 1 : 0;
  const state = worse(saving, words.saving);
  const sub = <>{known.goods.length > 0 && <>{t`好物：${known.goods.map((one) => one.name).join("、")}`} · </>}{days > 0 && <>{t`试用第 ${days} 天`} · </>}<Saved saving={state} /></>;

  return (
    <Page still onBack={onBack} title={draft.title || t`还没有标题`} sub={sub} actions={<>
      <Menu label={t`这一篇`} entries={[
        { label: t`换好物`, icon: "product", onClick: () => setSheet("products") },
        { label: t`声明`, icon: "check", onClick: () => setSheet("declarations") },
        { label: t`以前的版本`, icon: "clock", onClick: () => void flush().then(() => setSheet("versions")) },
        { label: t`这篇的链接`, icon: "link", onClick: () => void go({ to: "/link", search: { post: post.id } as never }) },
        "rule",
        { label: t`归档`, icon: "folder", onClick: () => void archive() },
      ]}><IconButton label={t`更多`} icon="more" data-testid="post-more" /></Menu>
      <Button kind="go" icon="export" onClick={() => void flush().then(() => setSheet("export"))} data-testid="bundle-export">{t`打包发布`}</Button>
    </>}>
      <Dragging onDrop={insert} onAim={(spot) => editor.current?.aim(spot)}>
        <div className={css.desk} data-side={side}>
          <div className={css.sideSwitch}><Segmented label={t`旁边看什么`} value={side} onChange={setSide} options={[{ value: "evidence", label: t`证据` }, { value: "preview", label: t`预览` }]} /></div>
          <Evidence known={known} products={draft.products} used={used} onInsert={(piece) => insert(piece)} onProducts={() => setSheet("products")} />
          <section className={`card ${css.paper}`} aria-label={t`正文`}>
            <TitleField first={!post.title && !post.body} value={title} onChange={(text) => write("title", text)} onEnter={() => editor.current?.focus()} count={checked.data?.counts.find((one) => one.field === "title")} />
            <PhotoStrip photos={draft.photos} onChange={(photos) => change({ photos })} onAdd={() => setSheet("photos")} />
            <SaveTrouble saving={state} onRetry={() => void flush()} />
            {words.own && channel && (
              <div className={css.ownBar}>
                {t`这里写的只给「${channel.name}」看`}
                <Button small kind="quiet" onClick={() => { const kept = words.own; words.set({ title: null, body: null }); if (kept) say.done(t`用回通用的写法`, () => words.set(kept)); }}>{t`用回通用的`}</Button>
              </div>
            )}
            <DropHere>
              <BodyEditor ref={editor} key={words.own?.body != null ? `own-${channel?.id}` : "all"} text={body} label={t`正文`} hint={t`从一个真实的细节写起：第几天、哪里、怎么样。左边的证据点一下就进来。`}
                names={names} found={at.found} foundIn={at.text} onChange={(text) => write("body", text)} />
            </DropHere>
            {channel && <Findings found={checked.data?.findings ?? []} busy={checked.isPending} onMend={mend} onShow={(finding) => (finding.field === "title" ? document.getElementById("post-title")?.focus() : editor.current?.show(finding))} />}
          </section>
          <ChannelPane post={post.id} channels={channels} channel={channel} onPick={setPicked} checked={checked.data} own={Boolean(words.own)} onOwn={() => words.set({ title: draft.title, body: draft.body })} />
        </div>
      </Dragging>
      <ProductPicker open={sheet === "products"} onClose={() => setSheet(undefined)} chosen={draft.products} yes={t`选好了`} onYes={(products) => change({ products })} />
      <PhotoPicker open={sheet === "photos"} onClose={() => setSheet(undefined)} chosen={draft.photos} products={draft.products} onChange={(photos) => change({ photos })} />
      <Versions post={post} channels={channels.data ?? []} open={sheet === "versions"} onClose={() => setSheet(undefined)} onBefore={flush} onWords={words.forget} />
      <Declarations draft={draft} open={sheet === "declarations"} onClose={() => setSheet(undefined)} onChange={change} />
      <ExportDialog post={post.id} open={sheet === "export"} first={channel?.id} channels={channels.data ?? []} onClose={() => setSheet(undefined)} onBefore={flush} />
    </Page>
  );
}

function DropHere({ children }: { children: ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({ id: "body" });
  return <div ref={setNodeRef} className={css.body} data-over={isOver || undefined}>{children}</div>;
}

const pointer = ({ activatorEvent, delta }: DragMoveEvent | DragEndEvent) => {
  const start = activatorEvent as PointerEvent;
  return { x: start.clientX + delta.x, y: start.clientY + delta.y };
};

/** Dragging from the drawer into the text; the cursor shows where it would land. */
function Dragging({ onDrop, onAim, children }: { onDrop: (piece: Piece, at: { x: number; y: number }) => void; onAim: (at: { x: number; y: number }) => void; children: ReactNode }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const [held, setHeld] = useState<Piece>();
  return (
    <DndContext sensors={sensors} collisionDetection={pointerWithin} autoScroll={false}
      onDragStart={({ active }) => setHeld(active.data.current as Piece)}
      onDragMove={(event) => { if (event.over?.id === "body") onAim(pointer(event)); }}
      onDragCancel={() => setHeld(undefined)}
      onDragEnd={(event) => { setHeld(undefined); if (event.over?.id === "body") onDrop(event.active.data.current as Piece, pointer(event)); }}>
      {children}
      <DragOverlay dropAnimation={null}>{held?.ghost}</DragOverlay>
    </DndContext>
  );
}
