import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";

/** Something that takes words to the core on its own time. */
export type Saver = {
  /** Saves now; resolves when nothing waits or the save failed. */
  flush: () => Promise<unknown>;
  /** Whether words wait or a save runs. */
  waits: () => boolean;
  /** Lets go of what waits: it belongs to a workspace that is not open any more. */
  forget: () => void;
};

const savers = new Set<Saver>();
const guards = new Set<() => string | undefined>();
const ears = new Set<() => void>();
let leaving = false;

const setLeaving = (now: boolean) => { leaving = now; ears.forEach((ear) => ear()); };

/** Makes a saver known; returns how to take it back. */
export function trackSaver(saver: Saver): () => void {
  savers.add(saver);
  return () => void savers.delete(saver);
}

/**
 * Opens another workspace with `go`. Everything typed goes to the one that is open first; while something cannot be saved, `refused` is thrown and
 * nothing is opened. Meanwhile nothing can be typed (see useLeaving), afterwards nothing of the old one is left to be written into the new one.
 */
export async function leaveSafely<T>(refused: () => Error, go: () => Promise<T>): Promise<T> {
  await Promise.all([...savers].map((saver) => saver.flush()));
  if ([...savers].some((saver) => saver.waits())) throw refused();
  setLeaving(true);
  try {
    const answer = await go();
    savers.forEach((saver) => saver.forget());
    return answer;
  } finally {
    setLeaving(false);
  }
}

/** Makes known what only a decision can save: `lost` answers what would go with the window, in words. Returns how to take it back. */
export function trackGuard(lost: () => string | undefined): () => void {
  guards.add(lost);
  return () => void guards.delete(lost);
}

/** Saves what waits before the window goes; answers what would be lost all the same. A save that does not come back keeps nobody waiting. */
export async function settle(): Promise<string[]> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise((done) => { late = setTimeout(done, 5000); });
  await Promise.race([Promise.allSettled([...savers].map((saver) => saver.flush())), patience]);
  clearTimeout(late);
  const words = [...savers].some((saver) => saver.waits()) ? [t`刚写的字没能存下。`] : [];
  return [...words, ...[...guards].flatMap((lost) => lost() ?? [])];
}

const listen = (ear: () => void) => { ears.add(ear); return () => void ears.delete(ear); };

/** Whether one workspace is being left for another: nothing of either is shown then. */
export const useLeaving = () => useSyncExternalStore(listen, () => leaving);
