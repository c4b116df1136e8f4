import { useCallback, useEffect, useRef, useState } from "react";
import { say } from "./overlays";
import { trackSaver } from "./unsaved";

export type DraftState = "kept" | "waiting" | "saving" | "failed";

/**
 * Autosave for what is being typed: shows the draft at once, saves it `wait` ms after the last key (or on `flush`, or when the part goes away), one save
 * after another. `save` must have put its result into the cache when it resolves. A failed save keeps the draft on screen and is tried again with the next
 * key or `flush`.
 */
export function useDraft<T>(kept: T, save: (value: T) => Promise<unknown>, wait = 700) {
  const [draft, setDraft] = useState<{ value: T }>();
  const [state, setState] = useState<DraftState>("kept");
  const pending = useRef<{ value: T } | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const saver = useRef(save);
  saver.current = save;

  const left = useRef(true);
  const running = useRef(false);

  const run = useCallback(() => {
    clearTimeout(timer.current);
    chain.current = chain.current.then(async () => {
      const now = pending.current;
      if (!now) return left.current ? setDraft(undefined) : undefined;
      pending.current = undefined;
      running.current = true;
      setState("saving");
      try {
        await saver.current(now.value);
        // While somebody is still in the field its words stay as typed: the core may have trimmed the space they are about to go on from.
        if (left.current || !document.activeElement?.matches("input, textarea")) setDraft((was) => (was === now ? undefined : was));
        setState(pending.current ? "waiting" : "kept");
      } catch (error) {
        pending.current ??= now;
        setState("failed");
        say.failed(error);
      } finally {
        running.current = false;
      }
    });
    return chain.current;
  }, []);
  const flush = useCallback(() => { left.current = true; return run(); }, [run]);

  const set = useCallback((value: T) => {
    const next = { value };
    left.current = false;
    pending.current = next;
    setDraft(next);
    setState("waiting");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void run(), wait);
  }, [run, wait]);

  /** Shows a value without saving it: one that cannot be kept as it stands. */
  const hold = useCallback((value: T) => {
    clearTimeout(timer.current);
    left.current = false;
    pending.current = undefined;
    setDraft({ value });
  }, []);

  useEffect(() => {
    const forget = () => { clearTimeout(timer.current); pending.current = undefined; };
    const untrack = trackSaver({ flush: run, waits: () => Boolean(pending.current) || running.current, forget });
    return () => void flush().finally(untrack);
  }, [run, flush]);
  return { value: draft ? draft.value : kept, set, hold, flush, state };
}
