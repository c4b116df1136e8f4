import { useEffect } from "react";
import { isComposing, isKeys, typing } from "./keys";
import { say } from "./overlays";

const most = 100;
/** What can be taken back on this page, the newest last; another page has its own. */
let ways: (() => Promise<void>)[] = [];

/** Keeps how something is taken back; answers a function that takes it back once, from wherever it is asked. Where `undo` rejects, so does it, and the way stays. */
export function keepUndo(undo: () => unknown): () => Promise<void> {
  const page = ways;
  let used = false;
  const way = async () => {
    if (used) return;
    used = true;
    const nth = page.indexOf(way);
    if (nth >= 0) page.splice(nth, 1);
    try {
      await undo();
    } catch (error) {
      used = false;
      if (nth >= 0) page.splice(nth, 0, way);
      throw error;
    }
  };
  page.push(way);
  if (page.length > most) page.shift();
  return way;
}

/** Ctrl/⌘ Z takes back what was done last on this page, one after the other; in a text it stays the text's own. `done` hears whether there was anything; what could not be taken back is said and can be tried again. */
export function useUndoKey(done: (any: boolean) => void, on = true) {
  useEffect(() => { ways = []; return () => { ways = []; }; }, []);
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || typing(event.target) || !isKeys(event, "mod+Z")) return;
      event.preventDefault();
      const last = ways.at(-1);
      void (async () => {
        try { await last?.(); } catch (error) { return say.failed(error); }
        done(last !== undefined);
      })();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  });
}
