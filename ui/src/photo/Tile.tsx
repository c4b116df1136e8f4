import { useDraggable } from "@dnd-kit/core";
import { t } from "@lingui/core/macro";
import { memo, type MouseEvent, useRef, useState } from "react";
import { type Photo, photoUrl } from "../ipc";
import { Icon } from "../kit";
import { markOf } from "./marks";
import css from "./photo.module.css";
import { focusOf, formatClip, sourceWord } from "./words";

type Keys = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };
export type TileActs = { click: (nth: number, keys: Keys) => void; toggle: (nth: number) => void; open: (nth: number) => void; focus: () => void; menu: (nth: number, event: MouseEvent) => void };
type Props = {
  dom: string;
  id: number;
  nth: number;
  /** One number of `Wall.marks`. */
  mark: number;
  stamp: number;
  photo: Photo | undefined;
  picked: boolean;
  at: boolean;
  load: boolean;
  doubt?: boolean;
  alike?: number;
  carry?: boolean;
  acts: TileActs;
};

/** One photo of the wall. What its marks say is there with the wall; words, focus and length follow when it is seen. */
export const Tile = memo(function Tile({ dom, id, nth, mark, stamp, photo, picked, at, load, doubt, alike, carry, acts }: Props) {
  const known = markOf(mark);
  const name = photo?.caption || t`照片 ${id}`;
  const drag = useDraggable({ id: `photo-${id}`, data: { photo: id }, disabled: !carry });
  return (
    <div id={dom} ref={drag.setNodeRef} role="option" aria-selected={picked} className={`${css.tile} ${at ? css.at : ""} ${known.pick < 0 ? css.rejected : ""} ${drag.isDragging ? css.carried : ""}`} data-photo={id}
      onMouseDown={(event) => { drag.listeners?.onMouseDown?.(event); event.preventDefault(); acts.focus(); }} onClick={(event) => acts.click(nth, event)} onDoubleClick={() => acts.open(nth)} onContextMenu={(event) => acts.menu(nth, event)}>
      {/* Its name is these words and the marks that are seen. */}
      <span className="visually-hidden">{name}{t`，`}</span>
      <span className={`picture ${picked ? "picked" : ""} ${alike ? "stack" : ""}`} style={{ aspectRatio: 3 / 4 }}>
        {known.kind === "file" ? <span className={css.kept}><Icon name="copy" size={24} /><b>{photo?.format.toUpperCase()}</b><small>{t`原样留着`}</small></span> : <Thumb id={id} stamp={stamp} load={load} photo={photo} />}
        <span className={css.corner}>
          {known.pick > 0 && <span className={`mark ${css.pick}`}><Icon name="check" size={11} />{t`选中`}</span>}
          {known.pick < 0 && <span className="mark">{t`淘汰`}</span>}
          {known.kind === "clip" && <span className={`mark ${css.clip}`}>{formatClip(photo?.duration)}</span>}
          {known.moving && <span className="mark">{t`实况`}</span>}
        </span>
        <span className="marks">
          <span className={`mark ${known.source === "brand" || doubt ? "amber" : ""}`}>{known.made ? t`拼图` : doubt ? t`未算自拍` : sourceWord(known.source)}</span>
          {alike && <span className="mark">{t`很像 ${alike} 张`}</span>}
          {known.used && <span className="mark">{photo && photo.used > 1 ? t`已用 ${photo.used} 次` : t`已用`}</span>}
          {stamp > 0 && <span className={`mark ${css.edited}`} title={t`修过`}><Icon name="crop" size={11} /></span>}
          {known.rating > 0 && <span className="mark stars">★ {known.rating}</span>}
        </span>
        {picked && <span className="tick"><Icon name="check" size={13} /></span>}
      </span>
      {!picked && <span className={css.hover} aria-hidden="true" onPointerDown={(event) => event.stopPropagation()} onClick={(event) => { event.stopPropagation(); acts.toggle(nth); }} />}
    </div>
  );
});

/** The picture of a tile. The element is used again for other photos: it hides until it shows the right one, and what nobody looks at is not begun or given up. */
function Thumb({ id, stamp, load, photo }: { id: number; stamp: number; load: boolean; photo: Photo | undefined }) {
  const url = photoUrl(id, "thumb", stamp || undefined);
  // Begun is not given up only because the wall moves on faster.
  const begun = useRef<string>(undefined);
  if (load) begun.current = url;
  const [shown, setShown] = useState<string>();
  const [broken, setBroken] = useState<string>();
  const asked = begun.current === url ? url : undefined;
  const focus = photo && focusOf(photo);
  if (broken === url) return <span className="none"><Icon name="warn" size={26} /></span>;
  return (
    <img src={asked} alt="" decoding="async" draggable={false} className={shown === url ? undefined : css.waiting} style={focus && { objectPosition: `${focus.x * 100}% ${focus.y * 100}%` }}
      onLoad={() => setShown(url)} onError={() => { if (asked) setBroken(url); }} />
  );
}
