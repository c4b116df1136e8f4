import type { Photo } from "../ipc";
import { msToDay } from "../kit";

/** The civil day a photo belongs to: where the camera was when it was taken, else the day it came in. */
export const dayOf = (photo: Pick<Photo, "taken_at" | "created_at">): string => photo.taken_at?.slice(0, 10) ?? msToDay(Date.parse(photo.created_at));
