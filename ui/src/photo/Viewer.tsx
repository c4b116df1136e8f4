import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { type Photo, type PhotoPatch, photoUrl } from "../ipc";
import { useReopenComposition } from "../composition/open";
import { Button, formatBytes, formatNum, formatWhen, IconButton, Kbd, Modal, Pairs, Picture, SelectField, Stars, TextArea, useDraft, useKeys } from "../kit";
import { useEditPhotos, usePhoto, usePhotoProducts } from "./api";
import css from "./photo.module.css";
import { Provenance } from "./Provenance";
import { Stage } from "./Stage";
import { focusOf, formatClip, sources, sourceWord } from "./words";
import { type View, whole } from "./Zoom";

type Props = {
  id: number | undefined;
  place: string;
  /** Photos beside it, whose pictures are fetched ahead. */
  beside?: readonly (number | undefined)[];
  onClose: () => void;
  onStep: (by: number) => void;
  onEdit: (id: number, patch: PhotoPatch) => void;
  onRetouch?: (id: number) => void;
  /** Where it belongs, which post, away: asked over the picture. */
  onAsk?: (what: "tag" | "post" | "remove") => void;
  onCompose?: (id: number) => void;
  /** Something lies over it: keys are not for it. */
  quiet?: boolean;
};

/** One photo large: the wheel or Z looks closer, arrows go on, 1–5 rates, P and X sort; beside it what is known of it. */
export function Viewer({ id, place, beside = [], onClose, onStep, onEdit, onRetouch, onAsk, onCompose, quiet }: Props) {
  const open = id !== undefined;
  const photo = usePhoto(id).data ?? undefined;
  const [view, setView] = useState<View>(whole);
  const [aiming, setAiming] = useState(false);
  const [full, setFull] = useState(1);
  useEffect(() => { setView(whole); setAiming(false); }, [id]);
  useEffect(() => { for (const one of beside) if (one !== undefined) new Image().src = photoUrl(one, "preview"); }, [beside.join()]);

  const heard = open && !quiet;
  const can = heard && photo !== undefined;
  // What is thrown away is judged no more.
  const kept = can && !photo.trashed_at;
  const edit = (patch: PhotoPatch) => { if (photo && !photo.trashed_at) onEdit(photo.id, patch); };
  useKeys("ArrowLeft", () => onStep(-1), heard);
  useKeys("ArrowRight", () => onStep(1), heard);
  useKeys(" ", onClose, heard);
  useKeys("z", () => setView((was) => (was.zoom > 1.01 ? whole : { ...focusOf(photo ?? {}), zoom: Math.max(2, full) })), can);
  useKeys("p", () => edit({ pick: 1 }), kept);
  useKeys("x", () => edit({ pick: -1 }), kept);
  useKeys("u", () => edit({ pick: 0 }), kept);
  useKeys("f", () => setAiming((was) => !was), kept && photo.kind === "picture");
  useKeys("e", () => { if (photo) onRetouch?.(photo.id); }, kept && photo.kind === "picture" && onRetouch !== undefined);
  useKeys("g", () => { if (photo) onCompose?.(photo.id); }, kept && photo.kind === "picture" && onAsk !== undefined);
  useKeys("t", () => onAsk?.("tag"), kept && onAsk !== undefined);
  useKeys("w", () => onAsk?.("post"), kept && onAsk !== undefined);
  for (const key of ["Delete", "Backspace"]) useKeys(key, () => onAsk?.("remove"), kept && onAsk !== undefined);
  for (const nth of [0, 1, 2, 3, 4, 5]) useKeys(String(nth), () => edit({ rating: nth }), kept);

  return (
    <Modal open={open} onClose={onClose} size="98vw" tall title={
      <span className="row">{place}<IconButton small icon="back" label={t`上一张`} onClick={() => onStep(-1)} /><IconButton small icon="next" label={t`下一张`} onClick={() => onStep(1)} />
        {photo?.kind === "picture" && <small className="num">{view.zoom > 1.01 ? `${Math.round((view.zoom / full) * 100)}%` : t`看全`}</small>}
        <small className={css.keys}>{photo?.kind === "picture" && <span><Kbd keys="Z" />{t`放大`}</span>}{kept && <><span><Kbd keys="P" />{t`选中`}</span><span><Kbd keys="X" />{t`淘汰`}</span><span><Kbd keys="1–5" />{t`评级`}</span></>}{kept && onAsk && <span><Kbd keys="T" />{t`归到哪里`}</span>}<span><Kbd keys="?" /></span></small></span>}>
      {photo && (
        <div className={css.viewer}>
          <div className={css.stage} tabIndex={-1} data-autofocus>
            <Stage photo={photo} view={view} onView={setView} onFull={setFull} onFocus={aiming ? (focus) => { setAiming(false); edit({ focus }); } : undefined} />
          </div>
          <Side key={photo.id} photo={photo} aiming={aiming} onAim={() => setAiming((was) => !was)} onEdit={edit} onRetouch={onRetouch && (() => onRetouch(photo.id))} />
        </div>
      )}
    </Modal>
  );
}

function Side({ photo, aiming, onAim, onEdit, onRetouch }: { photo: Photo; aiming: boolean; onAim: () => void; onEdit: (patch: PhotoPatch) => void; onRetouch?: () => void }) {
  const edit = useEditPhotos();
  const reopen = useReopenComposition();
  const caption = useDraft(photo.caption, (text) => edit.mutateAsync({ ids: [photo.id], patch: { caption: text } }));
  const products = usePhotoProducts().data ?? [];
  const facts: [string, string][] = [
    ...(photo.name ? [[t`文件名`, photo.name] as [string, string]] : []),
    [t`拍摄`, photo.taken_at ? formatWhen(Date.parse(photo.taken_at), "full") : t`照片里没写`],
    [t`相机`, [photo.camera, photo.lens].filter(Boolean).join(" · ") || t`照片里没写`],
    ...(photo.duration ? [[t`长度`, formatClip(photo.duration)] as [string, string]] : []),
    [t`尺寸`, photo.width ? `${formatNum(photo.width)} × ${formatNum(photo.height)}` : t`不知道`],
    [t`原图`, `${photo.format.toUpperCase()} · ${formatBytes(photo.bytes)}`],
    ...(photo.profile ? [[t`颜色`, photo.profile] as [string, string]] : []),
    ...(photo.note ? [[t`注意`, photo.note] as [string, string]] : []),
    [t`定位`, photo.has_gps ? t`有，只留在这台电脑` : t`没有`],
    [t`用在`, photo.used ? t`${photo.used} 篇内容里` : t`还没用过`],
  ];
  if (photo.trashed_at) return <div className={css.side}><p className="muted">{t`在回收站里，放回素材以后才能评级、修改。`}</p>{photo.caption && <p>{photo.caption}</p>}<Pairs of={facts} /></div>;
  return (
    <div className={css.side}>
      <div className="row"><Stars label={t`评级`} value={photo.rating} onChange={(rating) => onEdit({ rating })} /><small>{t`按 1–5 也行`}</small></div>
      <div className="row">
        <Button small kind={photo.pick > 0 ? "go" : "plain"} onClick={() => onEdit({ pick: photo.pick > 0 ? 0 : 1 })} aria-pressed={photo.pick > 0}>{t`选中`}</Button>
        <Button small kind={photo.pick < 0 ? "danger" : "plain"} onClick={() => onEdit({ pick: photo.pick < 0 ? 0 : -1 })} aria-pressed={photo.pick < 0}>{t`淘汰`}</Button>
        {photo.kind === "picture" && onRetouch && <Button small icon="crop" onClick={onRetouch} data-testid="photo-retouch">{t`修图`}</Button>}
        {photo.made && <Button small icon="grid" onClick={() => reopen(photo.id)} data-testid="photo-recompose">{t`改拼图`}</Button>}
      </div>
      <TextArea label={t`图里是什么`} value={caption.value} onChange={caption.set} onBlur={() => void caption.flush()} placeholder={t`一句话，以后搜得到`} />
      <SelectField label={t`谁的照片`} value={photo.source} onChange={(source) => source && onEdit({ source })} options={sources.map((value) => ({ value, label: sourceWord(value) }))} />
      <Provenance id={photo.id} />
      <SelectField label={t`拍的是哪件好物`} value={photo.product === null ? null : String(photo.product)} onChange={(id) => id && onEdit({ product: Number(id) })} search placeholder={t`还没归`} options={products.map((one) => ({ value: String(one.id), label: one.name }))} />
      {photo.kind === "picture" && (
        <div className={css.crop}>
          <Picture src={photoUrl(photo.id, "thumb", photo.edited || undefined)} alt="" focus={focusOf(photo)} width={66} style={{ flex: "none" }} />
          <span>{aiming ? t`在大图上点一下最要紧的地方。` : t`裁成 3:4 是这样，原图不动。`}<br /><Button small kind="quiet" onClick={onAim} aria-pressed={aiming} data-testid="photo-focus">{aiming ? t`算了` : t`换一个要留住的地方`}</Button></span>
        </div>
      )}
      <Pairs of={facts} />
    </div>
  );
}
