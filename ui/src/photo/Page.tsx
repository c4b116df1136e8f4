import { t } from "@lingui/core/macro";
import { type KeyboardEvent, useMemo, useState } from "react";
import { type Photo, type PhotoFilter } from "../ipc";
import { Button, EmptyState, FilterChip, formatNum, IconButton, Kbd, Loaded, Menu, Page } from "../kit";
import { Actions, type Asked, useChange } from "./Actions";
import { useDuplicates, usePhotoCounts, usePhotoProducts, usePhotoTrials, useWall } from "./api";
import { DayNote } from "./DayNote";
import { useImporter } from "./Importer";
import css from "./photo.module.css";
import { useSelection } from "./selection";
import { Similar } from "./Similar";
import { Viewer } from "./Viewer";
import { Wall } from "./Wall";
import { sources, sourceWord } from "./words";

/** 素材: the wall of all photos. */
export default function PhotoPage() {
  const [filter, setFilter] = useState<PhotoFilter>({});
  const [similar, setSimilar] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [shown, setShown] = useState<{ nth: number } | { photo: Photo }>();
  const wall = useWall(filter);
  const counts = usePhotoCounts();
  // The whole library is compared for this: only while somebody looks.
  const groups = useDuplicates(similar);
  const products = usePhotoProducts().data ?? [];
  const trials = usePhotoTrials().data ?? [];
  const change = useChange();

  const photos = useMemo(() => wall.data?.pages.flat() ?? [], [wall.data]);
  const ids = useMemo(() => photos.map((photo) => photo.id), [photos]);
  const byId = useMemo(() => new Map(products.map((product) => [product.id, product])), [products]);
  const selection = useSelection(ids);
  const picked = useMemo(() => photos.filter((photo) => selection.picked.has(photo.id)), [photos, selection.picked]);

  const about = useMemo(() => ({ product: filter.product ?? null, source: filter.source ?? ("own" as const) }), [filter.product, filter.source]);
  const aim = byId.get(filter.product ?? 0)?.name;
  const importer = useImporter({ with: about, where: aim ? t`会归到「${aim}」，原文件不动` : t`照片和文件夹都行，原文件不动` });

  const any = (counts.data?.all ?? 0) > 0;
  const narrow = (part: Partial<PhotoFilter>) => { setSimilar(false); selection.clear(); setFilter((was) => ({ ...was, ...part })); };
  const everything = () => { setSimilar(false); selection.clear(); setFilter({}); };
  const favourites = products.filter((product) => product.photos > 0).toSorted((a, b) => b.photos - a.photos);
  const chips = favourites.slice(0, 3);
  if (filter.product && !chips.some((one) => one.id === filter.product)) chips.push(...favourites.filter((one) => one.id === filter.product));

  const rate = (rating: number) => {
    const some = picked.length ? picked : photos.slice(selection.at, selection.at + 1);
    if (some.length) void change(some, { rating }, some.length > 1 ? t`${some.length} 张评了 ${rating} 星` : undefined);
  };
  const key = (event: KeyboardEvent) => {
    const ask = ({ t: "trial", p: "product", w: "post", Delete: "remove", Backspace: "remove" } as const)[event.key];
    if (!ask || event.metaKey || event.ctrlKey || photos.length === 0) return;
    event.preventDefault();
    if (picked.length === 0) selection.toggle(selection.at);
    setAsked(ask);
  };
  const big = shown && ("photo" in shown ? shown.photo : photos[shown.nth]);

  const bar = any && (
    <div className={`row ${css.filters}`} style={{ gap: 8, flex: 1 }}>
      <FilterChip on={!similar && Object.values(filter).every((value) => !value)} onChange={everything}>{t`全部`}</FilterChip>
      {chips.map((product) => <FilterChip key={product.id} on={filter.product === product.id} onChange={(on) => narrow({ product: on ? product.id : null })}>{product.name}</FilterChip>)}
      {favourites.length > 3 && <Menu label={t`别的好物`} entries={favourites.slice(3, 40).map((product) => ({ label: product.name, onClick: () => narrow({ product: product.id }) }))}><IconButton small label={t`别的好物`} icon="more" /></Menu>}
      {chips.length > 0 && <i className="rule" />}
      {sources.map((source) => <FilterChip key={source} on={filter.source === source} onChange={(on) => narrow({ source: on ? source : null })}>{sourceWord(source)}</FilterChip>)}
      <FilterChip on={Boolean(filter.unused)} onChange={(unused) => narrow({ unused })}>{t`没用过`}</FilterChip>
      <FilterChip on={Boolean(filter.min_rating)} onChange={(on) => narrow({ min_rating: on ? 4 : 0 })}>{t`★ 4 以上`}</FilterChip>
      <FilterChip on={similar} onChange={(on) => { selection.clear(); setSimilar(on); }}>{t`很像的`}</FilterChip>
      <div className={css.keys} aria-hidden="true"><span><Kbd keys="空格" />{t`大图`}</span><span><Kbd keys="1–5" />{t`评级`}</span><span><Kbd keys="T" />{t`归到试用`}</span></div>
    </div>
  );
  const add = <Button kind="go" icon="import" busy={importer.busy} onClick={importer.fromFiles} data-testid="photo-import">{t`导入照片`}</Button>;
  const folder = <Button icon="folder" onClick={importer.fromFolder} data-testid="photo-import-folder">{t`整个文件夹`}</Button>;
  return (
    <Page title={t`素材`} still bar={bar || undefined} actions={<>{folder}{add}</>}
      sub={any && counts.data && [t`${formatNum(counts.data.all)} 张`, t`${formatNum(counts.data.unused)} 张没用过`, similar && groups.data !== undefined && t`${formatNum(groups.data.length)} 组很像`].filter(Boolean).join(" · ")}>
      {similar
        ? <Similar onOpen={(photo) => setShown({ photo })} />
        : <Loaded query={{ data: wall.data && photos, error: wall.error, isPending: wall.isPending, refetch: wall.refetch }} shape="wall" empty={any
            ? <EmptyState drawing="photos" title={t`没有这样的照片`} actions={<Button onClick={everything}>{t`看全部`}</Button>}>{t`放宽一点，或者导入一些。`}</EmptyState>
            : <EmptyState drawing="photos" title={t`把照片拖进来`} actions={<>{add}{folder}</>}>{t`原图不动，定位和机型不会跟着出去，照片会按天排好。`}</EmptyState>}>
            {() => <Wall photos={photos} selection={selection} onOpen={(nth) => setShown({ nth })} onRate={rate} onKey={key} onEnd={() => { if (wall.hasNextPage && !wall.isFetching) void wall.fetchNextPage(); }}
              head={(some, day) => <DayNote photos={some} day={day} products={byId} trials={trials} />} />}
          </Loaded>}
      <Actions photos={picked} asked={asked} onAsk={setAsked} onClear={selection.clear} />
      <Viewer photo={big} place={shown && "nth" in shown ? t`第 ${shown.nth + 1} 张，共 ${photos.length} 张` : t`很像的照片`} onClose={() => setShown(undefined)}
        onStep={(by) => { if (shown && "nth" in shown) { const nth = Math.max(0, Math.min(photos.length - 1, shown.nth + by)); setShown({ nth }); selection.move(nth, false); } }}
        onEdit={(id, patch) => { void change(photos.filter((photo) => photo.id === id).concat(big && !ids.includes(id) ? [big] : []), patch); if (shown && "photo" in shown) setShown({ photo: { ...shown.photo, ...patch, focus_x: patch.focus?.[0] ?? shown.photo.focus_x, focus_y: patch.focus?.[1] ?? shown.photo.focus_y } as Photo }); }} />
      {importer.parts}
    </Page>
  );
}
