import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { type Photo, type PhotoPatch } from "../ipc";
import { Button, formatNum, formatWhen, Kbd, Modal, Stars, useKeys } from "../kit";
import { usePhoto } from "./api";
import css from "./photo.module.css";
import { Stage } from "./Stage";
import { sourceWord } from "./words";
import { type View, whole } from "./Zoom";

/** Two to four photos side by side: what is looked at in one is looked at in all, and the better one is said on the spot. */
export function Compare({ ids, onClose, onEdit }: { ids: readonly number[]; onClose: () => void; onEdit: (id: number, patch: PhotoPatch) => void }) {
  const open = ids.length > 1;
  const [view, setView] = useState<View>(whole);
  const [at, setAt] = useState(0);
  const [full, setFull] = useState(2);
  useEffect(() => { setView(whole); setAt(0); }, [ids.join()]);
  const here = ids[Math.min(at, ids.length - 1)];
  const photo = usePhoto(here).data;
  const edit = (patch: PhotoPatch) => { if (photo && !photo.trashed_at) onEdit(photo.id, patch); };
  useKeys("ArrowLeft", () => setAt((was) => Math.max(0, was - 1)), open);
  useKeys("ArrowRight", () => setAt((was) => Math.min(ids.length - 1, was + 1)), open);
  useKeys("z", () => setView((was) => (was.zoom > 1.01 ? whole : { ...was, zoom: Math.max(2, full) })), open);
  useKeys("p", () => edit({ pick: 1 }), open);
  useKeys("x", () => edit({ pick: -1 }), open);
  useKeys("u", () => edit({ pick: 0 }), open);
  for (const nth of [0, 1, 2, 3, 4, 5]) useKeys(String(nth), () => edit({ rating: nth }), open);
  return (
    <Modal open={open} onClose={onClose} size="98vw" tall title={<span className="row">{t`比一比`}<small className={css.keys}><span><Kbd keys="←→" />{t`换一张`}</span><span><Kbd keys="Z" />{t`一起放大`}</span><span><Kbd keys="P" />{t`选中`}</span><span><Kbd keys="X" />{t`淘汰`}</span><span><Kbd keys="1–5" />{t`评级`}</span></small></span>}>
      <div className={css.compare} tabIndex={-1} data-autofocus style={{ gridTemplateColumns: `repeat(${ids.length}, minmax(0, 1fr))` }} data-testid="photo-compare">
        {ids.map((id, nth) => <Pane key={id} id={id} on={nth === at} onEnter={() => setAt(nth)} view={view} onView={setView} onFull={setFull} onEdit={(patch) => onEdit(id, patch)} />)}
      </div>
    </Modal>
  );
}

function Pane({ id, on, onEnter, view, onView, onFull, onEdit }: { id: number; on: boolean; onEnter: () => void; view: View; onView: (view: View) => void; onFull: (full: number) => void; onEdit: (patch: PhotoPatch) => void }) {
  const photo = usePhoto(id).data ?? undefined;
  return (
    <figure className={`${css.pane} ${on ? css.on : ""} ${photo && photo.pick < 0 ? css.out : ""}`} onPointerEnter={onEnter} aria-current={on} aria-label={t`照片 ${id}`}>
      <div className={css.stage}>{photo && <Stage photo={photo} view={view} onView={onView} onFull={on ? onFull : undefined} />}</div>
      {photo && <Words photo={photo} onEdit={onEdit} />}
    </figure>
  );
}

function Words({ photo, onEdit }: { photo: Photo; onEdit: (patch: PhotoPatch) => void }) {
  return (
    <figcaption>
      {/* What is thrown away is judged no more. */}
      {!photo.trashed_at && <div className="row">
        <Stars label={t`评级`} value={photo.rating} onChange={(rating) => onEdit({ rating })} />
        <span className="push" />
        <Button small kind={photo.pick > 0 ? "go" : "plain"} aria-pressed={photo.pick > 0} onClick={() => onEdit({ pick: photo.pick > 0 ? 0 : 1 })}>{t`选中`}</Button>
        <Button small kind={photo.pick < 0 ? "danger" : "plain"} aria-pressed={photo.pick < 0} onClick={() => onEdit({ pick: photo.pick < 0 ? 0 : -1 })}>{t`淘汰`}</Button>
      </div>}
      <small>{[sourceWord(photo.source), photo.taken_at && formatWhen(Date.parse(photo.taken_at), "full"), photo.width ? `${formatNum(photo.width)} × ${formatNum(photo.height)}` : undefined].filter(Boolean).join(" · ")}</small>
    </figcaption>
  );
}
