import { useNavigate } from "@tanstack/react-router";

/** Opens the studio with photos, in this order. */
export function useOpenComposition(): (photos: readonly number[]) => void {
  const go = useNavigate();
  return (photos) => void go({ to: "/composition", search: { photos: photos.join(".") } as never });
}

/** Opens the composition that a photo was made by, to change it. */
export function useReopenComposition(): (photo: number) => void {
  const go = useNavigate();
  return (photo) => void go({ to: "/composition", search: { of: photo } as never });
}
