import { t } from "@lingui/core/macro";
import { type Photo, photoUrl } from "../ipc";
import { Button, IconButton, TextArea } from "../kit";
import css from "./composition.module.css";
import { type Doc, moved, slotOf, withSlot } from "./doc";

type Props = { doc: Doc; photos: Map<number, Photo>; onDoc: (next: (doc: Doc) => Doc, sort?: string) => void; onAdd: () => void };

/** The photos and words of a long picture, from top to bottom. */
export function Blocks({ doc, photos, onDoc, onAdd }: Props) {
  const text = (nth: number) => (value: string) => onDoc((was) => withSlot(was, nth, { text: value }), `text ${nth}`);
  return (
    <div className={css.group}>
      <ol className={css.blocks} aria-label={t`从上到下`}>
        {doc.slots.map((slot, nth) => (
          <li key={nth} className={css.block}>
            {slot.photo !== null && <img src={photoUrl(slot.photo, "thumb", photos.get(slot.photo)?.edited)} alt={photos.get(slot.photo)?.caption || t`第 ${nth + 1} 张`} />}
            <TextArea bare label={slot.photo === null ? t`第 ${nth + 1} 段文字` : t`第 ${nth + 1} 张下面的字`} value={slot.text} onChange={text(nth)} rows={slot.photo === null ? 3 : 1} placeholder={slot.photo === null ? t`写一段` : t`图下面的字，可以不写`} />
            <div className={css.blockacts}>
              <IconButton small icon="up" label={t`往上`} disabled={nth === 0} onClick={() => onDoc((was) => moved(was, nth, nth - 1))} />
              <IconButton small icon="down" label={t`往下`} disabled={nth === doc.slots.length - 1} onClick={() => onDoc((was) => moved(was, nth, nth + 1))} />
              <IconButton small icon="close" label={t`拿掉`} onClick={() => onDoc((was) => ({ ...was, slots: was.slots.filter((_, at) => at !== nth) }))} />
            </div>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button small icon="photo" onClick={onAdd}>{t`加照片`}</Button>
        <Button small icon="post" onClick={() => onDoc((was) => ({ ...was, slots: [...was.slots, slotOf({ text: t`写点什么` })] }))}>{t`加一段文字`}</Button>
      </div>
    </div>
  );
}
