import { useCallback, useMemo, useState } from "react";

type Keys = { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean };

/**
 * Which photos are picked, as in Finder or Explorer: a click picks one, ⌘/Ctrl adds or takes away, Shift reaches from the last one. `ids` is the order
 * on screen; it may grow while photos come in: the cursor stays on its photo.
 */
export function useSelection(ids: readonly number[]) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [anchor, setAnchor] = useState<number>();
  const [cursor, setCursor] = useState<{ id: number; nth: number }>();

  const there = useMemo(() => (picked.size ? new Set(ids) : undefined), [ids, picked.size > 0]);
  const shown = useMemo(() => (there && [...picked].some((id) => !there.has(id)) ? new Set([...picked].filter((id) => there.has(id))) : picked), [picked, there]);
  // Where its photo went, or the place where it was.
  const at = useMemo(() => {
    if (!cursor || ids[cursor.nth] === cursor.id) return cursor?.nth ?? 0;
    const now = ids.indexOf(cursor.id);
    return now >= 0 ? now : Math.min(cursor.nth, Math.max(0, ids.length - 1));
  }, [ids, cursor]);

  const stand = useCallback((nth: number) => { const id = ids[nth]; if (id !== undefined) setCursor({ id, nth }); }, [ids]);
  const reach = useCallback((to: number) => {
    const from = anchor === undefined ? 0 : Math.max(0, ids.indexOf(anchor));
    setPicked(new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1)));
  }, [ids, anchor]);
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
  const only = useCallback((some: Iterable<number>) => setPicked(new Set(some)), []);

  return { picked: shown, at, click, toggle, move, clear, only, all: () => setPicked(new Set(ids)) };
}
export type Selection = ReturnType<typeof useSelection>;
