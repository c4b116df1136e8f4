import { type CSSProperties, type PointerEvent as ReactPointerEvent, type RefObject, useRef, useState } from "react";
import { type Layout, touched } from "./layout";

/** A rubber band: pulled from an empty place of the wall, it picks every photo it touches; with Ctrl, ⌘ or Shift it adds them. Near an edge the wall scrolls along. */
export function useBand(box: RefObject<HTMLDivElement | null>, layout: Layout, wide: number, gap: number, onBand: (nths: number[], adding: boolean) => void) {
  const [shape, setShape] = useState<CSSProperties>();
  const latest = useRef({ layout, wide, onBand });
  latest.current = { layout, wide, onBand };

  const onPointerDown = (event: ReactPointerEvent) => {
    const element = box.current;
    if (!element || event.button !== 0 || event.pointerType === "touch" || !(event.target instanceof Element) || event.target.closest('[role="option"], button')) return;
    // The box's own scrollbar is not an empty place.
    if (event.clientX - element.getBoundingClientRect().left > element.clientWidth) return;
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    let at = { x: event.clientX, y: event.clientY };
    const inside = () => { const frame = element.getBoundingClientRect(); return { x: at.x - frame.left - 4, y: at.y - frame.top + element.scrollTop }; };
    const from = inside();
    let pulled = false;
    let frame = 0;
    const draw = () => {
      const edges = element.getBoundingClientRect();
      const over = at.y < edges.top + 28 ? at.y - edges.top - 28 : at.y > edges.bottom - 28 ? at.y - edges.bottom + 28 : 0;
      if (over) element.scrollTop += Math.max(-40, Math.min(40, over / 2));
      const to = inside();
      if (!pulled && Math.hypot(to.x - from.x, to.y - from.y) < 5) return;
      pulled = true;
      const [left, right, top, bottom] = [Math.min(from.x, to.x), Math.max(from.x, to.x), Math.min(from.y, to.y), Math.max(from.y, to.y)];
      setShape({ left: Math.max(0, left), top: Math.max(0, top), width: right - Math.max(0, left), height: bottom - Math.max(0, top) });
      latest.current.onBand(touched(latest.current.layout, { left, right, top, bottom }, latest.current.wide, gap), adding);
      if (over) frame = requestAnimationFrame(draw);
    };
    const move = (now: PointerEvent) => { at = { x: now.clientX, y: now.clientY }; cancelAnimationFrame(frame); frame = requestAnimationFrame(draw); };
    const end = () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      setShape(undefined);
      // A click on nothing lets everything go.
      if (!pulled && !adding) latest.current.onBand([], false);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
  };
  return { shape, onPointerDown };
}
