import { useEffect } from "react";
import { isComposing, isKeys, typing } from "./keys";

const most = 100;
/** What can be taken back on this page, the newest last. */
let ways: (() => unknown)[] = [];

/** Keeps how something is taken back; answers a function that takes it back once, from wherever it is asked. */
export function keepUndo(undo: () => unknown): () => unknown {
  const way = () => { const known = ways.includes(way); ways = ways.filter((one) => one !== way); return known ? undo() : undefined; };
  ways = [...ways, way].slice(-most);
  return way;
}

/** Ctrl/⌘ Z takes back what was done last on this page, one after the other; in a text it stays the text's own. `done` hears whether there was anything. */
export function useUndoKey(done: (any: boolean) => void, on = true) {
  useEffect(() => { ways = []; return () => { ways = []; }; }, []);
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || typing(event.target) || !isKeys(event, "mod+Z")) return;
      event.preventDefault();
      const last = ways.at(-1);
      void (async () => { await last?.(); done(last !== undefined); })();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  });
}
