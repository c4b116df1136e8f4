import { readText, writeText } from "@tauri-apps/plugin-clipboard-manager";
import { inWindow } from "./window";

/** Puts text on the clipboard. */
export const copyText = (text: string): Promise<void> => (inWindow() ? writeText(text) : navigator.clipboard.writeText(text));

/** The text on the clipboard, "" when there is none. */
export const pasteText = (): Promise<string> => (inWindow() ? readText().catch(() => "") : navigator.clipboard.readText());

/** The first picture of a paste, e.g. a screenshot; null when there is none. */
export function pastedPicture(event: ClipboardEvent): File | null {
  return [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/")) ?? null;
}
