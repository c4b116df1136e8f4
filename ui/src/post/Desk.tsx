import { t } from "@lingui/core/macro";
import { DndContext, type DragEndEvent, type DragMoveEvent, DragOverlay, PointerSensor, pointerWithin, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import type { Finding, Post } from "../ipc";
import { Button, daysBetween, formatMoney, IconButton, Menu, Page, say, Segmented, useAsked, useKept, useKeys } from "../kit";
import { ms, useChannels, useChecked, useEditPost, useEvidence, useSetPadding } from "./api";
import { BodyEditor, type BodyHandle, type Way } from "./BodyEditor";
import { usePaste } from "../photo/paste";
import { ChannelPane } from "./ChannelPane";
import { Declarations } from "./Declarations";
import { Evidence, type Piece } from "./Evidence";
import { ExportDialog } from "./ExportDialog";
import { CreateLinkDialog } from "../link/CreateLinkDialog";
import { Findings } from "./Findings";
import { PhotoPicker, ProductPicker } from "./Pickers";
import { PhotoStrip } from "./PhotoStrip";
import css from "./post.module.css";
import { DeskSaved, DeskTrouble } from "./Saved";
import { TitleField } from "./TitleField";
import { Toolbar } from "./Toolbar";
import { Versions } from "./Versions";
import { useDraft, useFoundIn, useOwnWords, useUsed } from "./writing";

type Sheet = "products" | "photos" | "versions" | "declarations" | "export";

/** Three columns: what is known, what is written, what others will see. A key is drawn by the field it was typed in; the columns follow when there is time. */
export function Desk({ post, onBack }: { post: Post; onBack: () => void }) {
  const { draft, change, journal } = useDraft(post);
  const channels = useChannels();
  // The channel one writes for stays chosen over a look at another room.
  const { value: picked, set: setPicked } = useKept<number | undefined>(`post.channel.${post.id}`, undefined);
  const [linking, setLinking] = useState<{ product?: number }>();
  const channel = channels.data?.find((one) => one.id === picked) ?? channels.data?.[0];
  const words = useOwnWords(post.id, channel?.id);
  const checked = useChecked(post.id, channel?.id);
  const known = useEvidence(draft.products);
  const [sheet, setSheet] = useState<Sheet>();
  // Only where three columns find no room.
  const [side, setSide] = useState<"evidence" | "preview">("evidence");
  const editor = useRef<BodyHandle>(null);
  const edit = useEditPost();
  const pad = useSetPadding();
  const go = useNavigate();

  const title = words.own?.title ?? draft.title;
  const body = words.own?.body ?? draft.body;
  const used = useUsed(body);
  const clean = () => !Object.keys(journal.unsaved).length && !Object.keys(words.journal.unsaved).length;
  const at = useFoundIn(checked.data?.findings, checked.dataUpdatedAt, clean, body);
  const write = useStable((part: "title" | "body", text: string) => {
    const own = words.now.current;
    if (own && own[part] !== null) words.set({ ...own, [part]: text });
    else change({ [part]: text });
  });
  const writeTitle = useCallback((text: string) => write("title", text), [write]);
  const writeBody = useCallback((text: string) => write("body", text), [write]);
  const flush = useStable(async () => { await Promise.all([journal.flush(), words.journal.flush()]); });

  const names = useMemo(() => new Map([
    ...known.prices.data.map((price) => [`price:${price.id}`, formatMoney(price.amount, price.currency)] as const),
    ...known.reviews.data.map((review) => [`review:${review.id}`, `“${[...review.text].slice(0, 16).join("")}${[...review.text].length > 16 ? "…" : ""}”`] as const),
    ...known.goods.map((product) => [`link:${product.id}`, product.name] as const),
  ]), [known.prices.data, known.reviews.data, known.goods]);
  const { i18n } = useLingui();
  const phrases = useMemo(searchWords, [i18n.locale]);

  useAsked("export", () => setSheet("export"));
  // From the palette: the sentence that was found.
  const asked = useSearch({ strict: false }) as { find?: string };
  useAsked("find", () => editor.current?.seek(String(asked.find)));
  useKeys("mod+S", () => void flush());
  useKeys("mod+Enter", () => setSheet("export"));

  const insert = useCallback((piece: Piece, spot?: { x: number; y: number }) => editor.current?.insert(piece.insert, { ownLine: piece.ownLine, at: spot }), []);
  const put = useCallback((piece: Piece) => insert(piece), [insert]);
  const aim = useCallback((spot: { x: number; y: number }) => editor.current?.aim(spot), []);
  const enter = useCallback(() => editor.current?.focus(), []);
  const format = useCallback((way: Way) => editor.current?.format(way), []);
  const mend = useStable((finding: Finding) => {
    if (!finding.fix) return;
    if (finding.field === "title") write("title", title.slice(0, finding.start) + finding.fix.replacement + title.slice(finding.end));
    else if (!editor.current?.mend(finding)) say.done(t`这处已经改过了`);
  });
  const show = useCallback((finding: Finding) => (finding.field === "title" ? document.getElementById("post-title")?.focus() : editor.current?.show(finding)), []);
  const setPadding = useStable((on: boolean) => { if (channel) pad.mutate({ id: post.id, channel: channel.id, on }, { onError: (error) => say.failed(error) }); });
  const padThem = useCallback(() => setPadding(true), [setPadding]);
  const makeLink = useStable((finding: Finding) => setLinking({ product: linkedIn(body.slice(finding.start, finding.end)) }));
  const makeOwn = useStable(() => words.set({ title: draft.title, body: draft.body }));
  const reorder = useCallback((photos: number[]) => change({ photos }), [change]);
  const look = useCallback((photo: number) => void go({ to: "/photo", search: { show: photo } as never }), [go]);
  const pasted = useMemo(() => ({ source: "screenshot" as const }), []);
  usePaste(pasted, (photos) => {
    const before = draft.photos;
    change({ photos: [...before, ...photos.map((photo) => photo.id).filter((id) => !before.includes(id))] });
    say.done(t`剪贴板里的图放进了这一篇`, () => change({ photos: before }));
  }, say.failed, true);
  const asks = useMemo(() => ({ products: () => setSheet("products"), photos: () => setSheet("photos") }), []);
  const archive = () => edit.mutateAsync({ id: post.id, patch: { archived: true } }).then(() => {
    onBack();
    say.done(t`已归档`, () => edit.mutateAsync({ id: post.id, patch: { archived: false } }));
  }, say.failed);

  const trial = known.trials.data.find((one) => !one.finished_on) ?? known.trials.data[0];
  const days = trial ? daysBetween(ms(`${trial.started_on}T00:00`), trial.finished_on ? ms(`${trial.finished_on}T00:00`) : Date.now()) + 1 : 0;
  const sub = <>{known.goods.length > 0 && <>{t`好物：${known.goods.map((one) => one.name).join("、")}`} · </>}{days > 0 && <>{t`试用第 ${days} 天`} · </>}<DeskSaved one={journal} other={words.journal} /></>;

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
      <Dragging onDrop={insert} onAim={aim}>
        <div className={css.desk} data-side={side}>
          <div className={css.sideSwitch}><Segmented label={t`旁边看什么`} value={side} onChange={setSide} options={[{ value: "evidence", label: t`证据` }, { value: "preview", label: t`预览` }]} /></div>
          <Evidence known={known} products={draft.products} used={used} onInsert={put} onProducts={asks.products} />
          <section className={`card ${css.paper}`} aria-label={t`正文`}>
            <TitleField first={!post.title && !post.body} value={title} onChange={writeTitle} onEnter={enter} count={checked.data?.counts.find((one) => one.field === "title")} />
            <PhotoStrip photos={draft.photos} onChange={reorder} onAdd={asks.photos} onLook={look} />
            <DeskTrouble one={journal} other={words.journal} onRetry={flush} />
            {words.own && channel && (
              <div className={css.ownBar}>
                {t`这里写的只给「${channel.name}」看`}
                <Button small kind="quiet" onClick={() => { const kept = words.own; words.set({ title: null, body: null }); if (kept) say.done(t`用回通用的写法`, () => words.set(kept)); }}>{t`用回通用的`}</Button>
              </div>
            )}
            <Toolbar onFormat={format} />
            <DropHere>
              <BodyEditor ref={editor} key={words.own?.body != null ? `own-${channel?.id}` : "all"} text={body} label={t`正文`} hint={t`从一个真实的细节写起：第几天、哪里、怎么样。左边的证据点一下就进来。`} phrases={phrases}
                names={names} found={at.found} foundIn={at.text} onChange={writeBody} />
            </DropHere>
            {channel && <Findings checked={checked.data} busy={checked.isPending} onMend={mend} onShow={show} onPad={padThem} onLink={makeLink} />}
          </section>
          <ChannelPane post={post.id} channel={channel} onPick={setPicked} checked={checked.data} own={Boolean(words.own)} onOwn={makeOwn} onPad={setPadding} />
        </div>
      </Dragging>
      <ProductPicker open={sheet === "products"} onClose={() => setSheet(undefined)} chosen={draft.products} yes={t`选好了`} onYes={(products) => change({ products })} />
      <PhotoPicker open={sheet === "photos"} onClose={() => setSheet(undefined)} chosen={draft.photos} products={draft.products} onChange={reorder} />
      <Versions post={post} channels={channels.data ?? []} open={sheet === "versions"} onClose={() => setSheet(undefined)} onBefore={flush} onWords={words.forget} />
      <Declarations draft={draft} open={sheet === "declarations"} onClose={() => setSheet(undefined)} onChange={change} />
      <CreateLinkDialog open={linking !== undefined} post={post.id} channel={channel?.id} product={linking?.product} onClose={() => setLinking(undefined)} onDone={(link) => say.done(t`做好了 ${link.code}，这篇里已经换上`)} />
      <ExportDialog post={post.id} open={sheet === "export"} first={channel?.id} channels={channels.data ?? []} onClose={() => setSheet(undefined)} onBefore={flush} />
    </Page>
  );
}

/** The product that a reference in the text leads to: `[name](link:7)`. */
function linkedIn(words: string): number | undefined {
  const id = /\(link:(\d+)\)/.exec(words)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** The words of the editor's own search panel, as it asks for them. */
const searchWords = (): Record<string, string> => ({
  Find: t`找什么`, Replace: t`换成`, next: t`下一处`, previous: t`上一处`, all: t`全选`, "match case": t`分大小写`, regexp: t`用正则`, "by word": t`整个词`, replace: t`换一处`, "replace all": t`全换`, close: t`关上`,
  "current match": t`这一处`, "on line": t`在第几行`, "replaced match on line $": t`换了第 $ 行的一处`, "replaced $ matches": t`换了 $ 处`,
});

/** A function that stays the same object and always does what the newest one does. */
function useStable<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...args: A) => latest.current(...args), []);
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
