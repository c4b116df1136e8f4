import { DndContext, DragOverlay, type DragEndEvent, type DragStartEvent, type Modifier, MouseSensor, pointerWithin, useSensor, useSensors } from "@dnd-kit/core";
import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useState } from "react";
import { useOpenComposition } from "../composition/open";
import { type PhotoFilter, photoUrl, useJob } from "../ipc";
import { Button, contextMenu, EmptyState, formatNum, Level, Loaded, type MenuEntry, Page, say, useAsked, useKeys, useUndoKey } from "../kit";
import { isRetouching, openRetouch } from "../retouch";
import { Actions, type Asked, useChange, usePut } from "./Actions";
import { photosOf, useDuplicates, usePhotoCounts, usePhotoFacets, usePhotoProducts, usePhotoTrials, useWall, writeWith } from "./api";
import { Coming } from "./Coming";
import { Compare } from "./Compare";
import { DayNote } from "./DayNote";
import { Filters } from "./Filters";
import { useImporter } from "./Importer";
import { usePaste } from "./paste";
import css from "./photo.module.css";
import { Rail, type Target } from "./Rail";
import { nthOf, useSelection } from "./selection";
import { Shortcuts } from "./Shortcuts";
import { Similar } from "./Similar";
import { Viewer } from "./Viewer";
import { Wall } from "./Wall";

const nobody: readonly number[] = [];

/** 素材: the wall of all photos. */
export default function PhotoPage() {
  const [filter, setFilter] = useState<PhotoFilter>({});
  const [similar, setSimilar] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  /** The photo that is large and its place on the wall; −1: not known yet, or of no interest. */
  const [shown, setShown] = useState<{ id: number; nth: number }>();
  const [compared, setCompared] = useState<readonly number[]>(nobody);
  const [keys, setKeys] = useState(false);
  const [carried, setCarried] = useState<readonly number[]>(nobody);
  const go = useNavigate();
  const wall = useWall(filter);
  const counts = usePhotoCounts();
  const facets = usePhotoFacets();
  // The whole library is compared for this: only while somebody looks.
  const groups = useDuplicates(similar);
  // What was compared once is said on the wall too.
  const alike = useMemo(() => new Map(groups.data?.flatMap((group) => group.photos.map(({ photo }) => [photo.id, group.photos.length] as const))), [groups.data]);
  const products = usePhotoProducts().data ?? [];
  const trials = usePhotoTrials().data ?? [];
  const change = useChange();
  const coming = useJob("photo");

  const ids = wall.data?.ids ?? nobody;
  const byId = useMemo(() => new Map(products.map((product) => [product.id, product])), [products]);
  const selection = useSelection(ids);
  const put = usePut(selection.clear);
  // In the order of the wall; what was picked is mostly few.
  const picked = useMemo(() => (selection.picked.size ? ids.filter((id) => selection.picked.has(id)) : nobody), [ids, selection.picked]);

  const about = useMemo(() => ({ product: filter.product ?? null, source: filter.source ?? ("own" as const) }), [filter.product, filter.source]);
  const aim = byId.get(filter.product ?? 0)?.name;
  const importer = useImporter({ with: about, where: aim ? t`会归到「${aim}」，原文件不动` : t`照片和文件夹都行，原文件不动` });

  // What is pasted is a screenshot, unless the wall shows somebody's pictures.
  const pasted = useMemo(() => ({ ...about, source: filter.source ?? ("screenshot" as const) }), [about, filter.source]);
  usePaste(pasted, (taken) => say.done(taken.length === 1 ? t`剪贴板里的图放进来了` : t`剪贴板里的 ${taken.length} 张放进来了`), say.failed);

  const trashed = counts.data?.trashed ?? 0;
  const any = (counts.data?.all ?? 0) > 0 || trashed > 0;
  const narrow = (part: Partial<PhotoFilter>) => { setSimilar(false); selection.clear(); setFilter((was) => ({ ...was, ...part })); };
  const everything = () => { setSimilar(false); selection.clear(); setFilter({}); };

  const { show } = useSearch({ strict: false }) as { show?: number };
  useAsked("show", () => { if (typeof show !== "number") return; everything(); setCompared(nobody); setShown({ id: show, nth: -1 }); });

  /** What a key is about: the picked ones, else the one the cursor stands on. */
  const meant = () => (picked.length ? picked : ids.slice(selection.at, selection.at + 1));
  const openStudio = useOpenComposition();
  const compose = (some: readonly number[]) => (some.length > 40 ? say.failed(new Error(t`一次最多拼 40 张，现在选了 ${formatNum(some.length)} 张。少选一些再拼，照片都没有动。`)) : openStudio(some));
  const compare = () => setCompared(picked.length > 1 ? picked.slice(0, 4) : ids.slice(selection.at, selection.at + 2));
  const key = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ids.length === 0) return;
    const some = meant();
    const many = some.length > 1;
    const pick = ({ p: 1, x: -1, u: 0 } as const)[pressed];
    const ask = ({ t: "tag", w: "post", Delete: "remove", Backspace: "remove" } as const)[pressed];
    // What is thrown away is judged no more.
    if (!filter.trashed && /^[0-5]$/.test(pressed)) void change(some, { rating: Number(pressed) }, many ? t`${some.length} 张评了 ${Number(pressed)} 星` : undefined);
    else if (!filter.trashed && pick !== undefined) void change(some, { pick }, many ? (pick > 0 ? t`${some.length} 张选中了` : pick < 0 ? t`${some.length} 张淘汰了` : t`${some.length} 张都不算`) : undefined);
    else if (pressed === "c") compare();
    else if (pressed === "g" && !filter.trashed) compose(some.toReversed());
    else if (pressed === "e" && !filter.trashed && some[0] !== undefined) openRetouch(some[0]);
    else if (ask && (ask === "remove" || !filter.trashed)) {
      if (picked.length === 0) selection.toggle(selection.at);
      setAsked(filter.trashed ? "empty" : ask);
    } else return;
    event.preventDefault();
  };

  /** What a right click on a photo offers: the picked ones where it is among them, else it alone. */
  const menu = (nth: number, event: MouseEvent) => {
    const id = ids[nth];
    if (id === undefined) return;
    const some = selection.picked.has(id) ? picked : [id];
    const choose = () => { if (!selection.picked.has(id)) { selection.only([id]); selection.move(nth, false); } };
    const ask = (what: Asked) => () => { choose(); setAsked(what); };
    const entries: MenuEntry[] = filter.trashed
      ? [{ label: t`看大图`, icon: "eye", onClick: () => enlarge(nth) }, "rule", { label: t`彻底删除`, icon: "trash", danger: true, onClick: ask("empty") }]
      : [
        { label: t`看大图`, icon: "eye", onClick: () => enlarge(nth) }, { label: t`修图`, icon: "crop", onClick: () => openRetouch(id) }, "rule",
        { label: t`归到试用`, icon: "trial", onClick: ask("trial") }, { label: t`归到好物`, icon: "product", onClick: ask("product") }, { label: t`放进内容`, icon: "post", onClick: ask("post") },
        { label: t`拼图`, icon: "grid", onClick: () => compose(some.toReversed()) }, ...(some.length > 1 ? [{ label: t`比一比`, icon: "eye" as const, onClick: compare }] : []),
        "rule", { label: t`删除`, icon: "trash", danger: true, onClick: ask("remove") },
      ];
    contextMenu(some.length > 1 ? t`已选 ${formatNum(some.length)} 张` : t`照片 ${id}`, () => entries).onContextMenu(event);
  };

  useKeys("?", () => setKeys(true), asked === undefined);
  useUndoKey((any) => say.done(any ? t`撤销了` : t`没有能撤销的了`), asked === undefined && !keys);

  const drop = async (some: readonly number[], target: Target) => {
    if (target.to === "taken") return put.trial(some, target.trial);
    if (target.to === "day") return put.day(some, target.trial, target.on);
    if (target.to === "product") return put.product(some, target.id, target.name);
    if (target.to === "post") return put.post(some, target.id, target.title);
    try {
      const post = await writeWith(await photosOf(some));
      void go({ to: "/post/$id", params: { id: String(post.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  const carry = ({ active }: DragStartEvent) => { const id = active.data.current?.photo as number; setCarried(selection.picked.has(id) ? picked : [id]); };
  const land = ({ over }: DragEndEvent) => {
    const target = over?.data.current?.target as Target | undefined;
    setCarried(nobody);
    if (target) void drop(carried, target);
  };
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }));

  const nth = shown && !similar ? nthOf(ids, shown) : -1;
  const big = nth < 0 ? shown?.id : ids[nth];
  const enlarge = (at: number) => { const id = ids[at]; setShown(id === undefined ? undefined : { id, nth: at }); };
  const stepTo = (by: number) => { if (nth < 0) return; const to = Math.max(0, Math.min(ids.length - 1, nth + by)); enlarge(to); selection.move(to, false); };
  // A photo keeps its view while others come in; once it has left the wall, the one in its place is looked at, and nothing where none is left.
  useEffect(() => {
    if (!shown || nth < 0 || (shown.id === big && shown.nth === nth)) return;
    enlarge(nth);
    if (shown.nth < 0) selection.move(nth, false);
  }, [ids, shown]);
  const add = <Button kind="go" icon="import" busy={importer.busy} onClick={importer.fromFiles} data-testid="photo-import">{t`导入照片`}</Button>;
  const folder = <Button icon="folder" onClick={importer.fromFolder} data-testid="photo-import-folder">{t`整个文件夹`}</Button>;
  const empty = <Button kind="danger" icon="trash" disabled={trashed === 0} onClick={() => { selection.clear(); setAsked("empty"); }} data-testid="photo-empty-all">{t`清空回收站`}</Button>;
  const sub = filter.trashed ? t`回收站里 ${formatNum(trashed)} 张` : any && counts.data && [t`${formatNum(counts.data.all)} 张`, t`${formatNum(counts.data.unused)} 张没用过`, wall.data && ids.length < counts.data.all && t`眼前 ${formatNum(ids.length)} 张`, similar && groups.data !== undefined && t`${formatNum(groups.data.length)} 组很像`].filter(Boolean).join(" · ");
  return (
    <Page title={t`素材`} still sub={coming ? <Coming job={coming} /> : sub} actions={filter.trashed ? empty : <>{folder}{add}</>}
      bar={any ? <Filters filter={filter} similar={similar} products={products} trials={trials} facets={facets.data} trashed={trashed} onNarrow={narrow} onSimilar={(on) => { selection.clear(); setFilter({}); setSimilar(on); }} onEverything={everything} onShortcuts={() => setKeys(true)} /> : undefined}>
      {similar
        ? <Similar onOpen={(photo) => setShown({ id: photo.id, nth: -1 })} onCompare={(some) => setCompared(some.slice(0, 4))} />
        : <Loaded query={wall} isEmpty={(data) => data.ids.length === 0} shape="wall" empty={filter.trashed
            ? <EmptyState drawing="photos" title={t`回收站是空的`} actions={<Button onClick={everything}>{t`回到素材`}</Button>}>{t`删掉的照片会先到这里，随时能放回去。`}</EmptyState>
            : any
              ? <EmptyState drawing="photos" title={t`没有这样的照片`} actions={<Button onClick={everything}>{t`看全部`}</Button>}>{t`放宽一点，或者导入一些。`}</EmptyState>
              : <EmptyState drawing="photos" title={t`把照片拖进来`} actions={<>{add}{folder}</>}>{t`原图不动，定位和机型不会跟着出去，照片会按天排好。`}</EmptyState>}>
            {(data) => (
              <DndContext sensors={sensors} collisionDetection={pointerWithin} onDragStart={carry} onDragEnd={land} onDragCancel={() => setCarried(nobody)}>
                <Wall wall={data} selection={selection} onOpen={enlarge} onMenu={menu} onKey={key} carry={!filter.trashed} alike={alike}
                  head={(day, from) => filter.trashed ? <span>{t`${formatNum(day.count)} 张`}</span> : <DayNote day={day} ids={() => data.ids.slice(from, from + day.count)} products={byId} trials={trials} />} />
                {carried.length > 0 && <Rail count={carried.length} products={products} trials={trials} />}
                <DragOverlay dropAnimation={null} modifiers={[besidePointer]}>{carried.length > 0 && <Pile ids={carried} />}</DragOverlay>
              </DndContext>
            )}
          </Loaded>}
      <Viewer id={big} place={nth >= 0 ? t`第 ${formatNum(nth + 1)} 张，共 ${formatNum(ids.length)} 张` : similar ? t`很像的照片` : t`素材`} beside={nth < 0 ? nobody : [ids[nth + 1], ids[nth - 1]]} quiet={asked !== undefined || keys} onClose={() => { if (!isRetouching() && !asked && !keys) setShown(undefined); }} onStep={stepTo} onAsk={filter.trashed ? undefined : setAsked} onCompose={(id) => compose([id])} onEdit={(id, patch) => void change([id], patch)} onRetouch={openRetouch} />
      <Compare ids={compared} onClose={() => setCompared(nobody)} onEdit={(id, patch) => void change([id], patch)} />
      {/* What is asked over the large view stands above it, whichever was mounted first. */}
      <Level value={203}>
        <Actions ids={big === undefined ? picked : [big]} bar={big === undefined} trash={Boolean(filter.trashed)} asked={asked} onAsk={setAsked} onClear={selection.clear} onCompare={compare} onCompose={() => compose(picked.toReversed())} />
        <Shortcuts open={keys} onClose={() => setKeys(false)} />
      </Level>
      {importer.parts}
    </Page>
  );
}

/** What is carried hangs below the pointer, which must stay free to aim. */
const besidePointer: Modifier = ({ activatorEvent, draggingNodeRect, transform }) => (activatorEvent instanceof MouseEvent && draggingNodeRect
  ? { ...transform, x: transform.x + activatorEvent.clientX - draggingNodeRect.left + 14, y: transform.y + activatorEvent.clientY - draggingNodeRect.top + 10 } : transform);

/** What is carried: the first few pictures and how many there are. */
function Pile({ ids }: { ids: readonly number[] }) {
  return <div className={css.pile}>{ids.slice(0, 3).map((id) => <img key={id} src={photoUrl(id, "thumb")} alt="" />)}<b>{formatNum(ids.length)}</b></div>;
}
