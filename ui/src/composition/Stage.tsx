import { t } from "@lingui/core/macro";
import { useDraggable, useDroppable } from "@dnd-kit/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { type CompositionPreview, type Photo, photoUrl } from "../ipc";
import { ErrorState, Icon } from "../kit";
import css from "./composition.module.css";
import { type Doc, lie, type Place, placeOf } from "./doc";

type View = { x: number; y: number; zoom: number };
type Props = {
  shown: UseQueryResult<CompositionPreview>; doc: Doc; long: boolean; photos: Map<number, Photo>; chosen: number | undefined;
  onChoose: (slot: number | undefined) => void; onPick: (slot: number) => void; onTake: (slot: number) => void; onView: (slot: number, view: View) => void; onSwap: (from: number, to: number) => void;
};

/** The picture as the core draws it, with a handle over each photo: drag moves the photo inside its place, the grip takes it to another. */
export function Stage({ shown, doc, long, onChoose, ...rest }: Props) {
  const page = shown.data;
  if (shown.error && !page) return <div className={css.stage}><ErrorState error={shown.error} onRetry={() => void shown.refetch()} /></div>;
  return (
    <div className={css.stage} data-long={long || undefined} onClick={(event) => { if (event.target === event.currentTarget) onChoose(undefined); }}>
      {page && (
        <div className={css.sheet} style={{ "--w": page.width, "--h": page.height } as CSSProperties}>
          <img className={css.page} src={page.picture} alt={t`拼图的样子`} draggable={false} data-testid="composition-preview" />
          {page.places.map(placeOf).map((place) => <PlaceHandle key={place.slot} place={place} doc={doc} fresh={!shown.isPlaceholderData && !shown.isFetching ? page : undefined} count={page.places.length} onChoose={onChoose} {...rest} />)}
        </div>
      )}
    </div>
  );
}

function PlaceHandle({ place, doc, photos, chosen, fresh, count, onChoose, onPick, onTake, onView, onSwap }: Omit<Props, "shown" | "long"> & { place: Place; fresh: CompositionPreview | undefined; count: number }) {
  const nth = place.slot;
  const slot = doc.slots[nth];
  const photo = slot?.photo ?? null;
  const view: View = { x: slot?.x ?? place.focus_x, y: slot?.y ?? place.focus_y, zoom: slot?.zoom ?? 1 };
  const [hand, setHand] = useState<View>();
  const [size, setSize] = useState({ width: 1, height: 1 });
  const box = useRef<HTMLDivElement>(null);
  const from = useRef<{ x: number; y: number; left: number; top: number }>(undefined);
  const { setNodeRef: dropRef, isOver } = useDroppable({ id: `place ${nth}`, data: { slot: nth } });
  const grip = useDraggable({ id: `grip ${nth}`, data: { slot: nth }, disabled: photo === null });

  // The hand's own picture lies over the place until the core has drawn the new one.
  useEffect(() => { if (fresh && !from.current) setHand(undefined); }, [fresh]);

  const measure = () => { const { width, height } = box.current?.getBoundingClientRect() ?? { width: 1, height: 1 }; const now = { width: Math.max(1, width), height: Math.max(1, height) }; setSize(now); return now; };
  const show = (next: View) => { setHand(next); onView(nth, next); };
  const slide = (dx: number, dy: number, start?: { left: number; top: number }) => {
    const { width, height } = measure();
    const now = lie(width, height, place.ratio, hand ?? view);
    const clamp = (at: number, room: number, whole: number) => Math.min(0, Math.max(room - whole, at));
    const left = clamp((start?.left ?? now.left) + dx, width, now.across);
    const top = clamp((start?.top ?? now.top) + dy, height, now.down);
    const share = (length: number, whole: number) => Math.round((length / whole) * 1000) / 1000;
    show({ zoom: (hand ?? view).zoom, x: share(width / 2 - left, now.across), y: share(height / 2 - top, now.down) });
  };
  const zoomBy = (by: number) => { measure(); const was = hand ?? view; show({ ...was, zoom: Math.round(Math.min(4, Math.max(1, was.zoom * by)) * 100) / 100 }); };

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || photo === null) return;
    onChoose(nth);
    const { width, height } = measure();
    const { left, top } = lie(width, height, place.ratio, view);
    from.current = { x: event.clientX, y: event.clientY, left, top };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const begun = from.current;
    if (!begun || (!hand && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < 4)) return;
    slide(event.clientX - begun.x, event.clientY - begun.y, begun);
  };
  const key = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 40 : 10;
    const by = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const to = nth + (event.key === "ArrowLeft" ? -1 : 1);
      if (to >= 0 && to < count) onSwap(nth, to);
    } else if (by && photo !== null) slide(by[0] ?? 0, by[1] ?? 0);
    else if (event.key === "+" || event.key === "=") zoomBy(1.1);
    else if (event.key === "-") zoomBy(1 / 1.1);
    else if (event.key === "Delete" || event.key === "Backspace") onTake(nth);
    else if (event.key === "Enter") { if (photo === null) onPick(nth); else onChoose(nth); }
    else return;
    event.preventDefault();
  };
  const wheel = useRef(zoomBy);
  wheel.current = zoomBy;
  useEffect(() => {
    const element = box.current;
    if (!element || chosen !== nth) return;
    // React's own wheel events are passive and could not keep the page from scrolling.
    const turn = (event: WheelEvent) => { event.preventDefault(); wheel.current(event.deltaY < 0 ? 1.06 : 1 / 1.06); };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [chosen, nth]);

  const lies = hand && photo !== null ? lie(size.width, size.height, place.ratio, hand) : undefined;
  const share = (length: number) => `${length * 100}%`;
  return (
    <div ref={(node) => { box.current = node; dropRef(node); }} className={css.place} data-on={chosen === nth || undefined} data-over={isOver || undefined}
      style={{ left: share(place.x), top: share(place.y), width: share(place.width), height: share(place.height) }}
      role="button" tabIndex={0} aria-pressed={chosen === nth} data-testid={`composition-place-${nth + 1}`}
      aria-label={photo === null ? t`第 ${nth + 1} 格是空的，按回车放一张照片` : t`第 ${nth + 1} 张：拖动移位置，滚轮缩放，方向键也行；Alt 加左右键换位置`}
      onPointerDown={down} onPointerMove={move} onPointerUp={() => { from.current = undefined; }} onPointerCancel={() => { from.current = undefined; }} onKeyDown={key} onClick={() => { if (photo === null) onPick(nth); }}>
      {lies && photo !== null && <img className={css.hand} src={photoUrl(photo, "preview", photos.get(photo)?.edited)} alt="" draggable={false} style={{ width: lies.across, height: lies.down, left: lies.left, top: lies.top }} />}
      {photo === null && <span className={css.vacant} aria-hidden="true"><Icon name="plus" size={28} /></span>}
      {photo !== null && count > 1 && (
        <span ref={grip.setNodeRef} className={css.grip} data-drag={grip.isDragging || undefined} style={grip.transform ? { transform: `translate(${grip.transform.x}px, ${grip.transform.y}px)` } : undefined} onPointerDown={(event) => { event.stopPropagation(); grip.listeners?.onPointerDown?.(event); }} aria-hidden="true"><Icon name="drag" size={16} /></span>
      )}
    </div>
  );
}
