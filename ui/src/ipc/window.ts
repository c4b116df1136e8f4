import { listen as tauriListen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";

/** Whether we are inside the desktop window (or a test that mocks it); a plain browser has no core behind it. */
export const inWindow = () => "__TAURI_INTERNALS__" in window;

/** Listens to an event of the core; returns how to stop. In a plain browser nothing ever comes. */
export function listen<T>(event: string, hear: (payload: T) => void): () => void {
  return stopLater(inWindow() ? tauriListen<T>(event, ({ payload }) => hear(payload)) : undefined);
}

/** What is being dragged in from Finder or Explorer: over the window (position in CSS pixels), left again, or dropped with its paths. */
export type FileDrag = { type: "over"; x: number; y: number } | { type: "leave" } | { type: "drop"; paths: string[]; x: number; y: number };

/** Hears files that are dragged into the window from outside; returns how to stop. */
export function onFileDrag(hear: (drag: FileDrag) => void): () => void {
  if (!inWindow()) return () => {};
  return stopLater(getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === "leave") return hear({ type: "leave" });
    const x = payload.position.x / window.devicePixelRatio;
    const y = payload.position.y / window.devicePixelRatio;
    hear(payload.type === "drop" ? { type: "drop", paths: payload.paths, x, y } : { type: "over", x, y });
  }));
}

/** Asks before the window is closed: it goes when `may` answers true. Returns how to stop asking. */
export function onClose(may: () => Promise<boolean>): () => void {
  if (!inWindow()) return () => {};
  return stopLater(getCurrentWindow().onCloseRequested(async (event) => { if (!(await may())) event.preventDefault(); }));
}

/** What the window is called in the task bar and among open windows. */
export function nameWindow(title: string): void {
  document.title = title;
  if (inWindow()) void getCurrentWindow().setTitle(title).catch(() => {});
}

/** Closes the window without asking. */
export const closeWindow = () => getCurrentWindow().destroy();

/** Stopping may be asked before the listener stands (React mounts twice while developing): then it stops as soon as it does. */
function stopLater(standing: Promise<() => void> | undefined): () => void {
  standing?.catch(() => {});
  return () => void standing?.then((stop) => stop(), () => {});
}
