import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";

/** Acts once when a page is opened with ?word, as the palette does for "add" or "start", and takes the word out of the address again. */
export function useAsked(word: string, act: () => void) {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const go = useNavigate();
  const here = useLocation().pathname;
  const asked = word in search;
  useEffect(() => {
    if (!asked) return;
    act();
    void go({ to: here, search: {}, replace: true } as never);
  }, [asked]);
}
