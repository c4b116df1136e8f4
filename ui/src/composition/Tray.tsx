import { t } from "@lingui/core/macro";
import { useDraggable, useDroppable } from "@dnd-kit/core";
import { type Photo, photoUrl } from "../ipc";
import { Icon } from "../kit";
import css from "./composition.module.css";
import type { Doc, Slot } from "./doc";

type Props = { doc: Doc; photos: Map<number, Photo>; most: number; chosen: number | undefined; onChoose: (slot: number) => void; onAdd: () => void };

/** The photos in their order, those without a place at the end; drag one onto another or onto the picture to change places. */
export function Tray({ doc, photos, most, chosen, onChoose, onAdd }: Props) {
  return (
    <div className={css.tray} role="group" aria-label={t`照片`}>
      {doc.slots.map((slot, nth) => <Thumb key={nth} slot={slot} nth={nth} photo={slot.photo === null ? undefined : photos.get(slot.photo)} out={nth >= most} on={chosen === nth} onChoose={() => (slot.photo === null ? onAdd() : onChoose(nth))} />)}
      <button type="button" className={css.add} onClick={onAdd} aria-label={t`加照片`} data-testid="composition-add"><Icon name="plus" /></button>
    </div>
  );
}

function Thumb({ slot, nth, photo, out, on, onChoose }: { slot: Slot; nth: number; photo: Photo | undefined; out: boolean; on: boolean; onChoose: () => void }) {
  const drop = useDroppable({ id: `tray ${nth}`, data: { slot: nth } });
  const drag = useDraggable({ id: `thumb ${nth}`, data: { slot: nth }, disabled: slot.photo === null });
  const name = slot.photo === null ? t`第 ${nth + 1} 格是空的` : out ? t`第 ${nth + 1} 张，没有放进去` : t`第 ${nth + 1} 张`;
  return (
    <button type="button" ref={(node) => { drop.setNodeRef(node); drag.setNodeRef(node); }} {...drag.listeners} className={css.thumb} data-on={on || undefined} data-out={out || undefined} data-over={drop.isOver || undefined} aria-label={photo?.caption ? `${name}：${photo.caption}` : name} aria-pressed={on} onClick={onChoose}
      style={drag.transform ? { transform: `translate(${drag.transform.x}px, ${drag.transform.y}px)`, zIndex: 5 } : undefined}>
      {slot.photo === null ? <Icon name="plus" /> : <img src={photoUrl(slot.photo, "thumb", photo?.edited)} alt="" draggable={false} />}
      <span className="num">{nth + 1}</span>
    </button>
  );
}
