import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";
import { commands, type Photo, type PhotoImport, unwrap } from "../ipc";
import { isKeys } from "../kit";

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A file's bytes as base64. */
export const base64Of = (file: Blob) => new Promise<string>((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

/** How long after the key a paste that carries a picture comes at the latest (ms). */
const late = 120;

/**
 * Hears pictures that are pasted with Ctrl/⌘ V anywhere but into a text; each becomes a photo. Where the window's own paste carries none (WebKitGTK hands no
 * pictures over), the core looks at the clipboard itself. With `fields` a picture is taken in a text too, where it could be no text: `at` says where the hand was.
 */
export function usePaste(about: Omit<PhotoImport, "paths">, onPasted: (photos: Photo[], at: Element | null) => unknown, onFailed: (error: unknown) => void, fields = false) {
  const latest = useRef({ about, onPasted, onFailed });
  latest.current = { about, onPasted, onFailed };
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // A dialog over the page has its own business.
    const free = (target: EventTarget | null) => (fields || !typing(target)) && !document.querySelector('[role="dialog"]');
    const place = (target: EventTarget | null) => (target instanceof Element ? target : null);
    const ask = async (at: Element | null) => {
      const { about, onPasted } = latest.current;
      const photo = await unwrap(commands.pasteClipboardPhoto(t`剪贴板里的图.png`, about));
      if (photo) await onPasted([photo], at);
    };
    const press = (event: KeyboardEvent) => {
      if (!isKeys(event, "mod+V") || !free(event.target)) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => void ask(place(event.target)).catch((error: unknown) => latest.current.onFailed(error)), late);
    };
    const hear = (event: ClipboardEvent) => {
      // Words that come with a picture are what a text asked for.
      if (fields && typing(event.target) && event.clipboardData?.getData("text/plain")) return clearTimeout(waiting);
      const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
      if (files.length === 0 || !free(event.target)) return;
      clearTimeout(waiting);
      event.preventDefault();
      const { about, onPasted, onFailed } = latest.current;
      void (async () => {
        const taken: Photo[] = [];
        // One after the other: bytes as text are large, and the order is that of the clipboard.
        for (const file of files) taken.push(await unwrap(commands.pastePhoto(file.name, await base64Of(file), about)));
        await onPasted(taken, place(event.target));
      })().catch(onFailed);
    };
    // Where the window does not say what was pasted, the text says that it was words.
    const wrote = (event: Event) => { if (event instanceof InputEvent && event.inputType.startsWith("insert")) clearTimeout(waiting); };
    window.addEventListener("input", wrote);
    window.addEventListener("keydown", press);
    window.addEventListener("paste", hear);
    return () => { clearTimeout(waiting); window.removeEventListener("input", wrote); window.removeEventListener("keydown", press); window.removeEventListener("paste", hear); };
  }, [fields]);
}
