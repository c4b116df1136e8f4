import { t } from "@lingui/core/macro";
import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, horizontalListSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { memo } from "react";
import { photoUrl } from "../ipc";
import { contextMenu, Icon, Picture } from "../kit";
import css from "./post.module.css";

/** The post's pictures in the order they go out: drag to reorder (or Space and arrows), the first is the cover. */
export const PhotoStrip = memo(function PhotoStrip({ photos, onChange, onAdd, onLook }: { photos: number[]; onChange: (photos: number[]) => void; onAdd: () => void; onLook: (photo: number) => void }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }));
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) onChange(arrayMove(photos, photos.indexOf(Number(active.id)), photos.indexOf(Number(over.id))));
  };
  return (
    <div className={css.photoStrip} data-sideways role="group" aria-label={t`图片顺序`}>
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
        <SortableContext items={photos} strategy={horizontalListSortingStrategy}>
          {photos.map((id, nth) => <Shot key={id} id={id} nth={nth} onRemove={() => onChange(photos.filter((one) => one !== id))} onMove={(to) => onChange(arrayMove(photos, nth, to))} last={photos.length - 1} onLook={() => onLook(id)} />)}
        </SortableContext>
      </DndContext>
      <button type="button" className={css.addShot} onClick={onAdd} data-testid="post-photos" aria-label={photos.length ? t`选照片` : undefined}><Icon name="plus" size={16} />{!photos.length && t`选要发的照片，第一张是封面`}</button>
    </div>
  );
});

function Shot({ id, nth, last, onRemove, onMove, onLook }: { id: number; nth: number; last: number; onRemove: () => void; onMove: (to: number) => void; onLook: () => void }) {
  const menu = contextMenu(t`第 ${nth + 1} 张照片`, () => [
    { label: t`做封面`, icon: "photo", onClick: () => onMove(0), disabled: nth === 0 },
    { label: t`往前一张`, icon: "back", onClick: () => onMove(nth - 1), disabled: nth === 0 },
    { label: t`往后一张`, icon: "next", onClick: () => onMove(nth + 1), disabled: nth === last },
    { label: t`在素材里看`, icon: "eye", onClick: onLook },
    "rule", { label: t`从这篇里拿掉`, icon: "close", onClick: onRemove },
  ]);
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id });
  return (
    <div ref={setNodeRef} {...menu} className={css.shot} style={{ transform: CSS.Translate.toString(transform), transition, zIndex: isDragging ? 2 : undefined }}>
      <div {...attributes} {...listeners} className={css.shotGrip} aria-label={nth === 0 ? t`封面，第 1 张，拖动换位置` : t`第 ${nth + 1} 张，拖动换位置`}>
        <Picture src={photoUrl(id, "thumb")} alt="" style={{ borderRadius: 7 }} marks={nth === 0 ? [{ text: t`封面` }] : undefined} />
      </div>
      <button type="button" className={css.shotOff} onClick={onRemove} aria-label={t`拿掉第 ${nth + 1} 张`}><Icon name="close" size={11} /></button>
    </div>
  );
}
