import { useCallback, useMemo, useState } from "react";

type Keys = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/** Which photos are picked, as in Finder or Explorer: a click picks one, ⌘/Ctrl adds or takes away, Shift reaches from the last one. `ids` is the order on screen. */
export function useSelection(ids: readonly number[]) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [anchor, setAnchor] = useState(0);
  const [at, setAt] = useState(0);

  const reach = useCallback((to: number) => setPicked(new Set(ids.slice(Math.min(anchor, to), Math.max(anchor, to) + 1))), [ids, anchor]);
  const toggle = useCallback((nth: number) => {
    const id = ids[nth];
    if (id === undefined) return;
    setPicked((was) => { const next = new Set(was); if (!next.delete(id)) next.add(id); return next; });
    setAnchor(nth);
    setAt(nth);
  }, [ids]);
  const click = useCallback((nth: number, keys: Keys) => {
    const id = ids[nth];
    if (id === undefined) return;
    setAt(nth);
    if (keys.shiftKey) return reach(nth);
    if (keys.ctrlKey || keys.metaKey) return toggle(nth);
    setAnchor(nth);
    setPicked((was) => (was.size === 1 && was.has(id) ? new Set() : new Set([id])));
  }, [ids, reach, toggle]);
  /** Moves the cursor; with Shift the selection reaches along. */
  const move = useCallback((nth: number, shift: boolean) => {
    setAt(nth);
    if (shift) reach(nth);
    else setAnchor(nth);
  }, [reach]);

  const shown = useMemo(() => { const there = new Set(ids); return new Set([...picked].filter((id) => there.has(id))); }, [picked, ids]);
  return { picked: shown, at: Math.min(at, Math.max(0, ids.length - 1)), click, toggle, move, clear: () => setPicked(new Set()), all: () => setPicked(new Set(ids)), only: (some: number[]) => setPicked(new Set(some)) };
}
export type Selection = ReturnType<typeof useSelection>;
