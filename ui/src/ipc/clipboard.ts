import { readText, writeHtml, writeText } from "@tauri-apps/plugin-clipboard-manager";
import { toCoreError } from "./errors";
import { inWindow } from "./window";

/** Puts text on the clipboard. */
export const copyText = (text: string): Promise<void> => (inWindow() ? writeText(text) : navigator.clipboard.writeText(text));

/** Puts HTML on the clipboard, with `text` for programs that take no HTML. */
export async function copyHtml(html: string, text: string): Promise<void> {
  if (inWindow()) return writeHtml(html, text);
  const kinds = { "text/html": html, "text/plain": text };
  await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(kinds).map(([type, body]) => [type, new Blob([body], { type })])))]);
}

/** The text on the clipboard, "" when there is none. A refusal to read it is thrown. */
export async function pasteText(): Promise<string> {
  if (!inWindow()) return navigator.clipboard.readText();
  try {
    return await readText();
  } catch (thrown) {
    // An empty clipboard, or one that holds a picture, is answered with an error too (arboard's ContentNotAvailable).
    const error = toCoreError(thrown);
    if (/clipboard is empty|not available in the requested format/i.test(error.message)) return "";
    throw error;
  }
}

/** The first picture of a paste, e.g. a screenshot; null when there is none. */
export function pastedPicture(event: ClipboardEvent): File | null {
  return [...(event.clipboardData?.files ?? [])].find((file) => file.type.startsWith("image/")) ?? null;
}
