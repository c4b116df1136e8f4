import { useQueryClient } from "@tanstack/react-query";
import { startTransition, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { commands, type Finding, type Post, type PostPatch, unwrap, type Variant } from "../ipc";
import { ms, useVariant } from "./api";
import { type Saving, useJournal } from "./journal";

/** What is edited, as the core's patch names it. */
export type Draft = { title: string; body: string; products: number[]; photos: number[]; commercial: "auto" | "yes" | "no"; ai_generated: boolean; original: boolean; fictional: boolean };

const drafted = (post: Post): Draft => ({
  title: post.title, body: post.body, products: post.products, photos: post.photos,
  commercial: post.commercial === null ? "auto" : post.commercial ? "yes" : "no",
  ai_generated: post.ai_generated, original: post.original, fictional: post.fictional,
});

/**
 * The post being written: what is on the screen leads, the core follows within a second; a change from elsewhere is taken up when nothing waits here.
 * What is typed is drawn by its field at once and by the rest of the desk when there is time, so that no key waits for the desk.
 */
export function useDraft(post: Post) {
  const client = useQueryClient();
  const newest = useRef(ms(post.updated_at));
  const journal = useJournal<Draft>(`post:${post.id}`, async (patch) => {
    const saved = await unwrap(commands.editPost(post.id, patch as PostPatch));
    newest.current = ms(saved.updated_at);
    client.setQueryData(["post", "get", post.id], saved);
  });
  const [draft, setDraft] = useState<Draft>(() => ({ ...drafted(post), ...journal.unsaved }));

  useEffect(() => {
    const take = () => {
      if (!journal.idle || ms(post.updated_at) < newest.current) return;
      newest.current = ms(post.updated_at);
      const next = drafted(post);
      setDraft((was) => (same(was, next) ? was : next));
    };
    take();
    return journal.listen(take);
  }, [post, journal]);

  const change = useCallback((patch: Partial<Draft>) => {
    const show = () => setDraft((was) => ({ ...was, ...patch }));
    if ("title" in patch || "body" in patch) startTransition(show); else show();
    journal.change(patch);
  }, [journal]);
  return { draft, change, journal };
}

const same = (a: Draft, b: Draft) => JSON.stringify(a) === JSON.stringify(b);

/** A channel's own wording, when it has one. `own` is undefined while the channel takes the common text. */
export function useOwnWords(post: number, channel: number | undefined) {
  const client = useQueryClient();
  const query = useVariant(post, channel);
  const [local, setLocal] = useState<{ channel: number; words: Variant }>();
  const journal = useJournal<Variant>(`variant:${post}:${channel ?? 0}`, async (patch) => {
    if (channel === undefined) return;
    const words: Variant = { title: null, body: null, ...patch };
    await unwrap(commands.setVariant(post, channel, words));
    client.setQueryData(["post", "variant", post, channel], words);
  });
  const words = local && local.channel === channel ? local.words : query.data ? { ...query.data, ...journal.unsaved } : undefined;
  const own = words && (words.title !== null || words.body !== null) ? words : undefined;
  // What was set last stands here before it is drawn: a second letter may come first.
  const now = useRef(own);
  now.current = own;
  const set = useCallback((next: Variant) => {
    if (channel === undefined) return;
    now.current = next;
    startTransition(() => setLocal({ channel, words: next }));
    journal.change(next);
  }, [channel, journal]);
  /** What stands in the core leads again, after it was changed there (a version was brought back). */
  const forget = useCallback(() => setLocal(undefined), []);
  return { own, now, set, forget, journal };
}

/** Whether everything of two journals is with the core; redraws only who asks. */
export function useSaving(one: Heard, other: Heard): Saving {
  return worse(useSyncExternalStore(one.listen, one.look), useSyncExternalStore(other.listen, other.look));
}
type Heard = { listen: (ear: () => void) => () => void; look: () => Saving };

/** The findings together with the text they were found in: offsets mean nothing in another text. */
export function useFoundIn(found: readonly Finding[] | undefined, answeredAt: number, clean: () => boolean, body: string) {
  const [at, setAt] = useState<{ found: readonly Finding[]; text: string }>({ found: [], text: "" });
  useEffect(() => {
    if (found && clean()) setAt({ found, text: body });
  }, [answeredAt]);
  return at;
}

/** The worse of two states, for one word in the header. */
function worse(a: Saving, b: Saving): Saving {
  const order = ["saved", "waiting", "saving", "failed"];
  return order.indexOf(a.state) >= order.indexOf(b.state) ? a : b;
}

/** The set of references a text holds: "photo:12", "price:3". The same set stays the same object. */
export function useUsed(body: string): ReadonlySet<string> {
  const kept = useRef<ReadonlySet<string>>(new Set());
  const found = new Set([...body.matchAll(/\((photo|price|review|link):(\d+)\)/g)].map((hit) => `${hit[1]}:${hit[2]}`));
  if (found.size !== kept.current.size || [...found].some((one) => !kept.current.has(one))) kept.current = found;
  return kept.current;
}
