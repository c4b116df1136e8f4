import type { Photo, Trial } from "../ipc";
import { msToDay } from "../kit";

/** The civil day a photo belongs to: where the camera was when it was taken, else the day it came in. */
export const dayOf = (photo: Pick<Photo, "taken_at" | "created_at">): string => photo.taken_at?.slice(0, 10) ?? msToDay(Date.parse(photo.created_at));

/** Photos by the day of a trial they were taken on; `loose` are those that prove no day of it: taken before or after, or nobody knows when. */
export function trialDays(trial: Pick<Trial, "started_on" | "finished_on">, photos: readonly Pick<Photo, "id" | "taken_at">[], today: string) {
  const days = new Map<string, number[]>();
  const loose: number[] = [];
  for (const { id, taken_at } of photos) {
    const on = taken_at?.slice(0, 10);
    if (on && on >= trial.started_on && on <= (trial.finished_on ?? today)) days.set(on, [...(days.get(on) ?? []), id]);
    else loose.push(id);
  }
  return { days, loose };
}
