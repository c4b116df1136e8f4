import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type Carried, commands, heard, type Replaced, type Retouch, unwrap } from "../ipc";
import type { Edits } from "./model";

const key = (photo: number, channel: number | null) => ["photo", "retouch", photo, channel] as const;

export const useRetouch = (photo: number, channel: number | null) => useQuery({ queryKey: key(photo, channel), queryFn: () => unwrap(commands.getRetouch(photo, channel)) });
export const useVersions = (photo: number, channel: number | null, on: boolean) => useQuery({ queryKey: ["photo", "retouch", photo, channel, "versions"], meta: heard.listRetouchVersions, queryFn: () => unwrap(commands.listRetouchVersions(photo, channel)), enabled: on });
export const useEditorChannels = () => useQuery({ queryKey: ["channel", "list"], queryFn: () => unwrap(commands.listChannels()) });

/** Keeps edits; the answer is in the cache when it resolves, as `useDraft` wants it. */
export function useSetRetouch(photo: number, channel: number | null) {
  const client = useQueryClient();
  const keep = (answer: Retouch) => client.setQueryData(key(photo, channel), answer);
  return {
    set: useMutation({ mutationFn: (edits: Edits) => unwrap(commands.setRetouch(photo, channel, edits)), onSuccess: keep }),
    clear: useMutation({ mutationFn: () => unwrap(commands.clearRetouch(photo, channel)), onSuccess: keep }),
  };
}

/** Gives other photos the kept edits of one as a channel has it; answers what stood before in those that were changed. */
export const copyEdits = (from: number, channel: number | null, to: number[], what: Carried) => unwrap(commands.copyRetouch(from, channel, to, what));
/** Takes a copy back. */
export const takeBackCopy = (copied: readonly Replaced[]) => Promise.all(copied.map(({ photo, edits }) => unwrap(commands.setRetouch(photo, null, edits))));

/** A picture drawn by the core, and the edits it shows. */
export type Drawn = { url: string; edits: Edits };

/** How long the hand must rest before the core draws; short enough to follow a slider. */
const pause = 80;
const remembered = 12;

/**
 * The core's own picture of these edits. While a new one is being drawn the last one stays; only the newest wish is drawn, one at a time. `edits` null
 * asks for nothing.
 */
export function useDrawn(photo: number, edits: Edits | null, side = 1600): { drawn: Drawn | undefined; error: unknown } {
  const [drawn, setDrawn] = useState<Drawn>();
  const [error, setError] = useState<unknown>();
  const known = useRef(new Map<string, string>());
  const wish = useRef<Edits | null>(null);
  const running = useRef(false);
  const text = edits && JSON.stringify(edits);

  useEffect(() => {
    wish.current = edits;
    if (!edits || !text) return;
    const ready = known.current.get(text);
    if (ready) { setDrawn({ url: ready, edits }); setError(undefined); return; }
    const draw = async () => {
      if (running.current) return;
      running.current = true;
      try {
        while (wish.current) {
          const now = wish.current;
          wish.current = null;
          try {
            const url = await unwrap(commands.previewRetouch(photo, now, side));
            known.current.set(JSON.stringify(now), url);
            for (const old of [...known.current.keys()].slice(0, -remembered)) known.current.delete(old);
            setDrawn({ url, edits: now });
            setError(undefined);
          } catch (failed) { setError(failed); }
        }
      } finally { running.current = false; }
    };
    const timer = setTimeout(() => void draw(), pause);
    return () => clearTimeout(timer);
    // The text stands for the edits.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [photo, text, side]);
  return { drawn, error };
}
