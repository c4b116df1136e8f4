import { t } from "@lingui/core/macro";
import { type CSSProperties, type MouseEvent } from "react";
import { type Photo, type PhotoPatch, photoUrl } from "../ipc";
import { formatBytes, formatNum, formatWhen, IconButton, Modal, Pairs, Picture, SelectField, Stars, TextArea, useDraft, useKeys } from "../kit";
import { useEditPhotos, usePhotoProducts } from "./api";
import css from "./photo.module.css";
import { focusOf, sources, sourceWord } from "./words";

type Props = { photo: Photo | undefined; place: string; onClose: () => void; onStep: (by: number) => void; onEdit: (id: number, patch: PhotoPatch) => void };

/** One photo large, with what is known of it; a click on it says what every crop must keep. */
export function Viewer({ photo, place, onClose, onStep, onEdit }: Props) {
  const open = photo !== undefined;
  useKeys("ArrowLeft", () => onStep(-1), open);
  useKeys("ArrowRight", () => onStep(1), open);
  useKeys(" ", onClose, open);
  return (
    <Modal open={open} onClose={onClose} size="min(1280px, 94vw)" title={<span className="row">{place}<IconButton small icon="back" label={t`上一张`} onClick={() => onStep(-1)} /><IconButton small icon="next" label={t`下一张`} onClick={() => onStep(1)} /></span>}>
      {photo && (
        <div className={css.viewer}>
          <Stage photo={photo} onFocus={(focus) => onEdit(photo.id, { focus })} />
          <Side key={photo.id} photo={photo} onEdit={(patch) => onEdit(photo.id, patch)} />
        </div>
      )}
    </Modal>
  );
}

function Stage({ photo, onFocus }: { photo: Photo; onFocus: (focus: [number, number]) => void }) {
  const focus = focusOf(photo);
  const pick = (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    // A click made by the keyboard has no place; it must not move the focus into the corner.
    if (event.detail === 0 || box.width === 0) return;
    const share = (at: number, from: number, size: number) => Math.round(Math.min(1, Math.max(0, (at - from) / size)) * 1000) / 1000;
    onFocus([share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)]);
  };
  return (
    <div className={css.stage}>
      <button type="button" className={css.photo} style={{ "--ratio": photo.width / Math.max(1, photo.height) } as CSSProperties} onClick={pick} aria-label={t`点一下最要紧的地方，裁切时一定留住它`}>
        <img src={photoUrl(photo.id, "preview")} alt={photo.caption} draggable={false} />
        <span className={css.focus} style={{ left: `${focus.x * 100}%`, top: `${focus.y * 100}%` }} />
      </button>
    </div>
  );
}

function Side({ photo, onEdit }: { photo: Photo; onEdit: (patch: PhotoPatch) => void }) {
  const edit = useEditPhotos();
  const caption = useDraft(photo.caption, (text) => edit.mutateAsync({ ids: [photo.id], patch: { caption: text } }));
  const products = usePhotoProducts().data ?? [];
  const rate = (rating: number) => onEdit({ rating });
  for (const nth of [0, 1, 2, 3, 4, 5]) useKeys(String(nth), () => rate(nth));
  const facts: [string, string][] = [
    [t`拍摄`, photo.taken_at ? formatWhen(Date.parse(photo.taken_at), "full") : t`照片里没写`],
    [t`相机`, [photo.camera, photo.lens].filter(Boolean).join(" · ") || t`照片里没写`],
    [t`尺寸`, `${formatNum(photo.width)} × ${formatNum(photo.height)}`],
    [t`原图`, `${photo.format.toUpperCase()} · ${formatBytes(photo.bytes)}`],
    [t`定位`, photo.has_gps ? t`有，只留在这台电脑` : t`没有`],
    [t`用在`, photo.used ? t`${photo.used} 篇内容里` : t`还没用过`],
  ];
  return (
    <div className={css.side}>
      <div className="row"><Stars label={t`评级`} value={photo.rating} onChange={rate} /><small>{t`按 1–5 也行`}</small></div>
      <TextArea label={t`图里是什么`} value={caption.value} onChange={caption.set} onBlur={() => void caption.flush()} placeholder={t`一句话，以后搜得到`} />
      <SelectField label={t`谁的照片`} value={photo.source} onChange={(source) => source && onEdit({ source })} options={sources.map((value) => ({ value, label: sourceWord(value) }))} />
      <SelectField label={t`拍的是哪件好物`} value={photo.product === null ? null : String(photo.product)} onChange={(id) => id && onEdit({ product: Number(id) })} search placeholder={t`还没归`} options={products.map((one) => ({ value: String(one.id), label: one.name }))} />
      <div className={css.crop}><Picture src={photoUrl(photo.id, "thumb")} alt="" focus={focusOf(photo)} width={66} style={{ flex: "none" }} /><span>{t`裁成 3:4 是这样。点大图，换一个要留住的地方；原图不动。`}</span></div>
      <Pairs of={facts} />
    </div>
  );
}
