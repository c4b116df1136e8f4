import { useNavigate } from "@tanstack/react-router";
import type { CompositionKind } from "../ipc";

/** Opens the studio with photos, in this order (a "pair": the oldest first); without a `kind` it begins as what so many are good for. */
export function useOpenComposition(): (photos: readonly number[], kind?: CompositionKind) => void {
  const go = useNavigate();
  return (photos, kind) => void go({ to: "/composition", search: { photos: photos.join("."), kind } as never });
}

/** Opens the composition that a photo was made by, to change it. */
export function useReopenComposition(): (photo: number) => void {
  const go = useNavigate();
  return (photo) => void go({ to: "/composition", search: { of: photo } as never });
}
