import { useEffect } from "react";
import { trackSaver } from "../kit";

export type Saving = { state: "saved" | "waiting" | "saving" | "failed"; error?: unknown };

/**
 * Takes every change to the core within a second: 500 ms after the last key, at the latest 900 ms after the first one that is not saved.
 * One save runs at a time; what is typed meanwhile goes with the next. A save that fails keeps its text and tries again by itself.
 */
export class Journal<Patch extends object> {
  private pending: Partial<Patch> = {};
  private now: Saving = { state: "saved" };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since = 0;
  private running: Promise<void> | undefined;
  private readonly ears = new Set<() => void>();

  constructor(private save: (patch: Partial<Patch>) => Promise<unknown>, private readonly rest = 500, private readonly longest = 900, private readonly again = 4000) {}

  /** What is typed and not with the core yet. */
  get unsaved(): Readonly<Partial<Patch>> { return this.pending; }
  get idle() { return this.now.state === "saved"; }
  /** The way to the core belongs to the page that is open. */
  through(save: (patch: Partial<Patch>) => Promise<unknown>) { this.save = save; }

  change(patch: Partial<Patch>) {
    if (!Object.keys(this.pending).length) this.since = Date.now();
    Object.assign(this.pending, patch);
    if (this.now.state !== "saving" && this.now.state !== "waiting") this.tell({ state: "waiting" });
    this.plan(Math.max(0, Math.min(this.rest, this.since + this.longest - Date.now())));
  }

  /** Saves now what is waiting; resolves when nothing waits or the save failed. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!Object.keys(this.pending).length) return;
    this.running = this.run();
    await this.running;
  }

  /** Lets go of what waits, and of trying again: it belongs to a workspace that is not open any more. */
  forget() {
    clearTimeout(this.timer);
    this.pending = {};
    this.tell({ state: "saved" });
  }

  private async run() {
    const patch = this.pending;
    this.pending = {};
    this.tell({ state: "saving" });
    try {
      await this.save(patch);
      this.running = undefined;
      this.tell({ state: Object.keys(this.pending).length ? "waiting" : "saved" });
    } catch (error) {
      this.running = undefined;
      // What was typed since is newer than what failed.
      this.pending = { ...patch, ...this.pending };
      this.tell({ state: "failed", error });
      this.plan(this.again);
    }
  }

  private plan(wait: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }
  private tell(now: Saving) { this.now = now; this.ears.forEach((ear) => ear()); }

  readonly listen = (ear: () => void) => { this.ears.add(ear); return () => void this.ears.delete(ear); };
  readonly look = () => this.now;
}

const journals = new Map<string, Journal<Record<string, unknown>>>();

// Journals outlive their pages but not their workspace: in another one the same key is another post.
trackSaver({
  flush: () => Promise.all([...journals.values()].map((journal) => journal.flush())),
  waits: () => [...journals.values()].some((journal) => !journal.idle),
  forget: () => { journals.forEach((journal) => journal.forget()); journals.clear(); },
});

/** The journal under `key`. It outlives the page, so that text whose save failed is still there when somebody comes back. Nothing is drawn when its state changes: see useSaving. */
export function useJournal<Patch extends object>(key: string, save: (patch: Partial<Patch>) => Promise<unknown>): Journal<Patch> {
  let journal = journals.get(key) as Journal<Patch> | undefined;
  if (!journal) {
    journal = new Journal<Patch>(save);
    journals.set(key, journal as unknown as Journal<Record<string, unknown>>);
  }
  journal.through(save);
  const kept = journal;
  useEffect(() => {
    const flush = () => void kept.flush();
    window.addEventListener("blur", flush);
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("blur", flush);
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [kept]);
  return kept;
}
