import { useEffect, useRef } from "react";
import { commands, type Photo, type PhotoImport, unwrap } from "../ipc";

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A file's bytes as base64. */
export const base64Of = (file: Blob) => new Promise<string>((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

/** Hears pictures that are pasted with Ctrl/⌘ V anywhere but into a text; each becomes a photo. */
export function usePaste(about: Omit<PhotoImport, "paths">, onPasted: (photos: Photo[]) => void, onFailed: (error: unknown) => void) {
  const latest = useRef({ about, onPasted, onFailed });
  latest.current = { about, onPasted, onFailed };
  useEffect(() => {
    const hear = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
      // A dialog over the page has its own business.
      if (files.length === 0 || typing(event.target) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      const { about, onPasted, onFailed } = latest.current;
      void (async () => {
        const taken: Photo[] = [];
        // One after the other: bytes as text are large, and the order is that of the clipboard.
        for (const file of files) taken.push(await unwrap(commands.pastePhoto(file.name, await base64Of(file), about)));
        onPasted(taken);
      })().catch(onFailed);
    };
    window.addEventListener("paste", hear);
    return () => window.removeEventListener("paste", hear);
  }, []);
}
