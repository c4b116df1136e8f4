import { useCallback, useMemo, useState } from "react";

/** Where a photo is now, or the place where it was. */
export function nthOf(ids: readonly number[], { id, nth }: { id: number; nth: number }): number {
  if (ids[nth] === id) return nth;
  const now = ids.indexOf(id);
  return now >= 0 ? now : Math.min(nth, Math.max(0, ids.length - 1));
}

type Keys = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/**
 * Which photos are picked, as in Finder or Explorer: a click picks one, ⌘/Ctrl adds or takes away, Shift reaches from the last one. `ids` is the order
 * on screen; it may grow while photos come in: the cursor stays on its photo. `keeping`: what another filter hides stays picked.
 */
export function useSelection(ids: readonly number[], keeping = false) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [anchor, setAnchor] = useState<number>();
  const [cursor, setCursor] = useState<{ id: number; nth: number }>();

  const there = useMemo(() => (picked.size ? new Set(ids) : undefined), [ids, picked.size > 0]);
  const shown = useMemo(() => (there && !keeping && [...picked].some((id) => !there.has(id)) ? new Set([...picked].filter((id) => there.has(id))) : picked), [picked, there]);
  const at = useMemo(() => (cursor ? nthOf(ids, cursor) : 0), [ids, cursor]);

  const stand = useCallback((nth: number) => { const id = ids[nth]; if (id !== undefined) setCursor({ id, nth }); }, [ids]);
  const only = useCallback((some: Iterable<number>) => setPicked((was) => new Set([...(keeping ? [...was].filter((id) => !there?.has(id)) : []), ...some])), [there, keeping]);
  const reach = useCallback((to: number) => {
    const from = anchor === undefined ? 0 : Math.max(0, ids.indexOf(anchor));
    only(ids.slice(Math.min(from, to), Math.max(from, to) + 1));
  }, [ids, anchor, only]);
  const toggle = useCallback((nth: number) => {
    const id = ids[nth];
    if (id === undefined) return;
    setPicked((was) => { const next = new Set(was); if (!next.delete(id)) next.add(id); return next; });
    setAnchor(id);
    stand(nth);
  }, [ids, stand]);
  const click = useCallback((nth: number, keys: Keys) => {
    const id = ids[nth];
    if (id === undefined) return;
    stand(nth);
    if (keys.shiftKey) return reach(nth);
    if (keys.ctrlKey || keys.metaKey) return toggle(nth);
    setAnchor(id);
    setPicked((was) => (was.size === 1 && was.has(id) ? new Set() : new Set([id])));
  }, [ids, reach, toggle, stand]);
  /** Moves the cursor; with Shift the selection reaches along. */
  const move = useCallback((nth: number, shift: boolean) => {
    stand(nth);
    if (shift) reach(nth);
    else setAnchor(ids[nth]);
  }, [ids, reach, stand]);
  const clear = useCallback(() => setPicked(new Set()), []);

  return { picked: shown, at, click, toggle, move, clear, only, all: () => only(ids) };
}
export type Selection = ReturnType<typeof useSelection>;
