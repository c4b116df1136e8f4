import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { PhotoFacets, PhotoFilter, PhotoKind, ProductSummary, Trial } from "../ipc";
import { Button, Chip, DateField, dayToMs, FilterChip, formatNum, formatWhen, Hint, Icon, IconButton, Kbd, Menu, Popover, SelectField, Stars, TextField, useDraft } from "../kit";
import css from "./photo.module.css";
import { sources, sourceWord } from "./words";

type Props = {
  filter: PhotoFilter;
  similar: boolean;
  products: readonly ProductSummary[];
  trials: readonly Trial[];
  facets: PhotoFacets | undefined;
  trashed: number;
  onNarrow: (part: Partial<PhotoFilter>) => void;
  onSimilar: (on: boolean) => void;
  onEverything: () => void;
  onShortcuts: () => void;
};

/** What the wall shows: the usual questions as chips, the rarer ones behind one button, and each of those that is on as a chip to take away. */
export function Filters({ filter, similar, products, trials, facets, trashed, onNarrow, onSimilar, onEverything, onShortcuts }: Props) {
  const favourites = products.filter((product) => product.photos > 0).toSorted((a, b) => b.photos - a.photos);
  const chips = favourites.slice(0, 3);
  if (filter.product && !chips.some((one) => one.id === filter.product)) chips.push(...products.filter((one) => one.id === filter.product));
  const trial = trials.find((one) => one.id === filter.trial);
  const set: { key: string; word: string; off: Partial<PhotoFilter> }[] = [
    ...(trial ? [{ key: "trial", word: t`${trial.product_name}的试用`, off: { trial: null } }] : []),
    ...(filter.from || filter.to ? [{ key: "day", word: spanWord(filter), off: { from: null, to: null } }] : []),
    ...(filter.text ? [{ key: "text", word: t`写着「${filter.text}」`, off: { text: undefined } }] : []),
    ...(filter.min_rating && filter.min_rating !== 4 ? [{ key: "rating", word: t`★ ${filter.min_rating} 以上`, off: { min_rating: 0 } }] : []),
    ...(filter.camera ? [{ key: "camera", word: filter.camera, off: { camera: null } }] : []),
    ...(filter.kind ? [{ key: "kind", word: kindWord(filter.kind), off: { kind: null } }] : []),
    ...(typeof filter.pick === "number" ? [{ key: "pick", word: filter.pick > 0 ? t`选中的` : filter.pick < 0 ? t`淘汰的` : t`还没挑的`, off: { pick: null } }] : []),
    ...(filter.used ? [{ key: "used", word: t`用过的`, off: { used: false } }] : []),
    ...(filter.unfiled ? [{ key: "unfiled", word: t`没归好物的`, off: { unfiled: false } }] : []),
  ];
  if (filter.trashed) {
    return <div className={`row ${css.filters}`} style={{ gap: 8, flex: 1 }}><FilterChip on onChange={onEverything}>{t`回收站`}</FilterChip><small>{t`原图都还在，放回去就和原来一样。`}</small><Button small kind="quiet" icon="back" onClick={onEverything}>{t`回到素材`}</Button></div>;
  }
  return (
    <div className={`row ${css.filters}`} style={{ gap: 8, flex: 1 }}>
      <FilterChip on={!similar && Object.values(filter).every((value) => value === undefined || value === null || value === false || value === 0)} onChange={onEverything}>{t`全部`}</FilterChip>
      {chips.map((product, nth) => <span key={product.id} className={nth === 2 && filter.product !== product.id ? css.wider : undefined}><FilterChip on={filter.product === product.id} onChange={(on) => onNarrow({ product: on ? product.id : null })}>{product.name}</FilterChip></span>)}
      {favourites.length > 2 && <Menu label={t`别的好物`} entries={favourites.slice(2, 40).map((product) => ({ label: product.name, onClick: () => onNarrow({ product: product.id }) }))}><IconButton small label={t`别的好物`} icon="more" /></Menu>}
      {chips.length > 0 && <i className="rule" />}
      {sources.map((source) => <FilterChip key={source} on={filter.source === source} onChange={(on) => onNarrow({ source: on ? source : null })}>{sourceWord(source)}</FilterChip>)}
      <FilterChip on={Boolean(filter.unused)} onChange={(unused) => onNarrow({ unused, used: false })}>{t`没用过`}</FilterChip>
      <FilterChip on={filter.min_rating === 4} onChange={(on) => onNarrow({ min_rating: on ? 4 : 0 })}>{t`★ 4 以上`}</FilterChip>
      <FilterChip on={similar} onChange={onSimilar}>{t`很像的`}</FilterChip>
      <More filter={filter} products={products} trials={trials} facets={facets} onNarrow={onNarrow} />
      {set.map((one) => <Chip key={one.key} tone="sky" icon="close" onClick={() => onNarrow(one.off)}>{one.word}</Chip>)}
      <span className={css.ends}>
        {trashed > 0 && <Hint text={t`回收站`}><button type="button" className={css.bin} aria-label={t`回收站 ${formatNum(trashed)}`} onClick={() => onNarrow({ trashed: true })} data-testid="photo-trash"><Icon name="trash" size={15} /><span className="num">{formatNum(trashed)}</span></button></Hint>}
        <button type="button" className={css.keys} onClick={onShortcuts} aria-label={t`看全部按键`}><span className={css.wide}><Kbd keys="Space" />{t`大图`}</span><span className={css.wide}><Kbd keys="1–5" />{t`评级`}</span><span className={css.wide}><Kbd keys="T" />{t`归到哪里`}</span><span><Kbd keys="?" /></span></button>
      </span>
    </div>
  );
}

const kindWord = (kind: PhotoKind) => ({ picture: t`图片`, clip: t`视频片段`, file: t`看不了的文件` })[kind];
const spanWord = ({ from, to }: PhotoFilter) => {
  const [first, last] = [from ? formatWhen(dayToMs(from)) : "", to ? formatWhen(dayToMs(to)) : ""];
  return from && to ? (from === to ? first : `${first} – ${last}`) : from ? t`${first}起` : t`到 ${last}`;
};

/** A part of the caption; asked for when the hand rests. */
function Caption({ filter, onNarrow }: Pick<Props, "filter" | "onNarrow">) {
  const words = useDraft(filter.text ?? "", async (text) => onNarrow({ text: text.trim() || undefined }), 250);
  return <TextField label={t`图里是什么`} value={words.value} onChange={words.set} onBlur={() => void words.flush()} placeholder={t`说明里的几个字`} data-testid="photo-text" />;
}

/** The rarer questions: caption, rating, trial, days, camera, kind, what was picked. */
function More({ filter, products, trials, facets, onNarrow }: Pick<Props, "filter" | "products" | "trials" | "facets" | "onNarrow">) {
  const [open, setOpen] = useState(false);
  const picks = [["", t`都看`], ["1", t`选中的`], ["0", t`还没挑的`], ["-1", t`淘汰的`]] as const;
  const kinds: PhotoKind[] = ["picture", "clip", "file"];
  return (
    <Popover width={372} label={t`筛选`} open={open} onOpen={setOpen} inside={(
      <div className={css.more}>
        <Caption filter={filter} onNarrow={onNarrow} />
        <div className="row" style={{ gap: 6 }}><span className="muted">{t`至少几星`}</span><Stars label={t`至少几星`} value={filter.min_rating ?? 0} onChange={(min_rating) => onNarrow({ min_rating })} /></div>
        <div className="row" style={{ gap: 6 }}>{picks.map(([value, word]) => <FilterChip key={value} on={String(filter.pick ?? "") === value} onChange={() => onNarrow({ pick: value === "" ? null : Number(value) })}>{word}</FilterChip>)}</div>
        <div className="row" style={{ gap: 6 }}>{kinds.map((kind) => <FilterChip key={kind} on={filter.kind === kind} onChange={(on) => onNarrow({ kind: on ? kind : null })}>{kindWord(kind)}{kind === "clip" && facets?.clips ? ` ${formatNum(facets.clips)}` : kind === "file" && facets?.files ? ` ${formatNum(facets.files)}` : ""}</FilterChip>)}</div>
        <div className="row" style={{ gap: 6 }}>
          <FilterChip on={Boolean(filter.used)} onChange={(used) => onNarrow({ used, unused: false })}>{t`用过的`}</FilterChip>
          <FilterChip on={Boolean(filter.unfiled)} onChange={(unfiled) => onNarrow({ unfiled })}>{t`没归好物的`}</FilterChip>
        </div>
        <SelectField label={t`好物`} value={filter.product ? String(filter.product) : null} onChange={(id) => onNarrow({ product: id ? Number(id) : null })} search clear placeholder={t`哪件都行`} options={products.map((one) => ({ value: String(one.id), label: one.name }))} />
        <SelectField label={t`试用`} value={filter.trial ? String(filter.trial) : null} onChange={(id) => onNarrow({ trial: id ? Number(id) : null })} search clear placeholder={t`哪次都行`} options={trials.map((one) => ({ value: String(one.id), label: t`${one.product_name}，${formatWhen(dayToMs(one.started_on))}起` }))} />
        <div className={css.two}><DateField label={t`从哪天`} value={filter.from ?? ""} onChange={(day) => onNarrow({ from: day || null })} /><DateField label={t`到哪天`} value={filter.to ?? ""} onChange={(day) => onNarrow({ to: day || null })} /></div>
        <SelectField label={t`相机`} value={filter.camera ?? null} onChange={(camera) => onNarrow({ camera: camera || null })} search clear placeholder={t`哪台都行`} options={(facets?.cameras ?? []).map(([name, count]) => ({ value: name, label: `${name} · ${formatNum(count)}` }))} />
      </div>
    )}>
      <Button small icon="filter" aria-expanded={open} onClick={() => setOpen((was) => !was)} data-testid="photo-filter">{t`筛选`}</Button>
    </Popover>
  );
}
