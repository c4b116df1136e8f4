import { t } from "@lingui/core/macro";
import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { type Photo, photoUrl } from "../ipc";
import css from "./photo.module.css";

/** How a picture is looked at: 1 shows all of it; x and y are the point of the picture in the middle, 0–1. Pictures of any shape can share one. */
export type View = { zoom: number; x: number; y: number };
export const whole: View = { zoom: 1, x: 0.5, y: 0.5 };
const most = 16;
const previewSide = 1600;

type Size = { width: number; height: number };

/** The size in CSS pixels at which all of a picture shows in a box. */
export function fitted(box: Size, picture: Size): Size {
  const scale = Math.min(box.width / Math.max(1, picture.width), box.height / Math.max(1, picture.height));
  return { width: picture.width * scale, height: picture.height * scale };
}

/** The view that keeps the picture in the box: no further than its edges, in the middle where it is smaller. */
export function kept(view: View, box: Size, fit: Size): View {
  const zoom = Math.min(most, Math.max(1, view.zoom));
  const inside = (at: number, room: number, size: number) => { const half = room / (2 * Math.max(1, size * zoom)); return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, at)); };
  return { zoom, x: inside(view.x, box.width, fit.width), y: inside(view.y, box.height, fit.height) };
}

/** The same point of the picture stays under the pointer (px from the middle of the box) while the zoom changes. */
export function zoomedAt(view: View, zoom: number, fit: Size, pointer: { x: number; y: number }): View {
  const next = Math.min(most, Math.max(1, zoom));
  const move = (at: number, by: number, size: number) => at + by / (size * view.zoom) - by / (size * next);
  return { zoom: next, x: move(view.x, pointer.x, fit.width), y: move(view.y, pointer.y, fit.height) };
}

type Props = {
  photo: Photo;
  view: View;
  onView: (view: View) => void;
  /** Set while the next click says what every crop must keep. */
  onFocus?: (at: [number, number]) => void;
  /** What stands over the picture; hears the size of the picture at 100 %, in units of `View.zoom`. */
  children?: (full: number) => ReactNode;
};

/** A picture to look into: the wheel zooms at the pointer, pulling moves it, a double click goes to its own pixels and back. */
export function Zoom({ photo, view, onView, onFocus, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 800, height: 600 });
  // An edited picture has another shape than the file; the picture itself knows.
  const [natural, setNatural] = useState<Size & { url: string }>();
  const stamp = photo.edited || undefined;
  const preview = photoUrl(photo.id, "preview", stamp);
  const original = photoUrl(photo.id, "original", stamp);
  const [lost, setLost] = useState<string>();
  const picture = natural?.url === preview ? natural : { width: photo.width || 3, height: photo.height || 4 };
  const fit = fitted(room, picture);
  const now = kept(view, room, fit);
  const [width, height] = [fit.width * now.zoom, fit.height * now.zoom];
  const dots = window.devicePixelRatio || 1;
  // Our preview is at most 1600 px: a cropped one may be all there is, the file's own size tells otherwise.
  const own = picture.width >= picture.height ? Math.max(photo.width, photo.height) : Math.min(photo.width, photo.height);
  const full = Math.max(1, Math.max(own, picture.width) / dots / Math.max(1, fit.width));
  const close = Math.max(width, height) * dots > previewSide * 1.1 && lost !== original;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => { if (element.clientWidth) setRoom({ width: element.clientWidth, height: element.clientHeight }); };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const state = useRef({ now, fit, room, onView });
  state.current = { now, fit, room, onView };
  const fromMiddle = (event: { clientX: number; clientY: number }) => {
    const frame = box.current?.getBoundingClientRect();
    return frame ? { x: event.clientX - frame.left - frame.width / 2, y: event.clientY - frame.top - frame.height / 2 } : { x: 0, y: 0 };
  };
  useEffect(() => {
    const element = box.current;
    // React's own listener may not keep the page from scrolling.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { now, fit, room, onView } = state.current;
      onView(kept(zoomedAt(now, now.zoom * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), fit, fromMiddle(event)), room, fit));
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, []);

  const pull = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || onFocus) return;
    let last = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
    const element = event.currentTarget;
    const move = (to: globalThis.PointerEvent) => {
      const { now, fit, room, onView } = state.current;
      onView(kept({ ...now, x: now.x - (to.clientX - last.x) / (fit.width * now.zoom), y: now.y - (to.clientY - last.y) / (fit.height * now.zoom) }, room, fit));
      last = { x: to.clientX, y: to.clientY };
    };
    const end = () => { element.removeEventListener("pointermove", move); element.removeEventListener("lostpointercapture", end); };
    element.addEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", end);
  };
  const click = (event: React.MouseEvent) => {
    if (!onFocus) return;
    const at = fromMiddle(event);
    const share = (middle: number, by: number, size: number) => Math.round(Math.min(1, Math.max(0, middle + by / size)) * 1000) / 1000;
    onFocus([share(now.x, at.x, width), share(now.y, at.y, height)]);
  };
  const twice = (event: React.MouseEvent) => { if (!onFocus) onView(kept(zoomedAt(now, now.zoom > 1.01 ? 1 : full, fit, fromMiddle(event)), room, fit)); };
  const place: CSSProperties = { width, height, left: room.width / 2 - now.x * width, top: room.height / 2 - now.y * height };
  return (
    <div ref={box} className={`${css.zoom} ${onFocus ? css.aiming : now.zoom > 1.01 ? css.pullable : ""}`} onPointerDown={pull} onClick={click} onDoubleClick={twice} data-testid="photo-zoom" data-zoom={now.zoom.toFixed(2)}>
      <img key={photo.id} src={preview} alt={photo.caption || t`照片 ${photo.id}`} draggable={false} style={place} onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setNatural({ width: naturalWidth || photo.width, height: naturalHeight || photo.height, url: preview })} />
      {close && <img key={`${photo.id} close`} src={original} alt="" draggable={false} style={place} onError={() => setLost(original)} />}
      {onFocus && <span className={css.focus} style={{ left: Number(place.left) + (photo.focus_x ?? 0.5) * width, top: Number(place.top) + (photo.focus_y ?? 0.5) * height }} />}
      {children?.(full)}
    </div>
  );
}
