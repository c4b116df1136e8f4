import { emit } from "@tauri-apps/api/event";
import { mockConvertFileSrc, mockIPC, mockWindows } from "@tauri-apps/api/mocks";

/** Says an event as the core does. */
export { emit };

/** What a room's `preview.ts` exports as `preview`: command name (as in Rust) → its reply. Only ever loaded by `npm run dev` in a plain browser, and by tests. */
export type Preview = Record<string, (args: Record<string, unknown>) => unknown>;

/** Stands in for the core with the rooms' own fake replies, so that a screen can be looked at without building the desktop window. */
export function startPreview(rooms: Preview[]): void {
  const replies: Preview = Object.assign({}, ...rooms);
  mockWindows("main");
  mockConvertFileSrc("linux");
  mockIPC((command, args) => {
    if (command.startsWith("plugin:")) return null;
    const reply = replies[command];
    if (!reply) throw { code: "preview", message: `预览里没有「${command}」的回答。` };
    const answer = reply((args ?? {}) as Record<string, unknown>);
    // Like the core: what was written is announced, and every screen asks again.
    // The page of a test may be gone by then.
    if (!/^(get|list|count|search|check|render|preview|wall|open|pick)_/.test(command)) setTimeout(() => { if (typeof window !== "undefined") void emit("changed", { nouns: [] }); }, 20);
    return answer;
  }, { shouldMockEvents: true });
  // A plain browser has no photo://; the dev server has pictures under /preview-photo.
  const internals = (window as unknown as { __TAURI_INTERNALS__: { convertFileSrc: (path: string, scheme: string) => string } }).__TAURI_INTERNALS__;
  internals.convertFileSrc = () => `/preview-photo/`;
}
