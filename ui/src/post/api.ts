import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { commands, heard, type NewPost, type Photo, type Post, type PostPatch, type PostSummary, type Price, type Product, type Review, type Trial, unwrap, type Variant } from "../ipc";

const list = (archived: boolean) => ({ queryKey: ["post", "list", archived], meta: heard.listPosts, queryFn: () => unwrap(commands.listPosts(archived)) });

/** Posts, newest edit first; with the archived ones when asked for. */
export const usePosts = (archived = false) => useQuery(list(archived));

/** One post. */
export const usePost = (id: number) => useQuery({ queryKey: ["post", "get", id], queryFn: () => unwrap(commands.getPost(id)), enabled: id > 0 });

/** A post as a channel takes it; the old picture stays while the new one is made. */
export const useRendered = (post: number, channel: number | undefined) =>
  useQuery({ queryKey: ["post", "render", post, channel], meta: heard.renderPost, queryFn: () => unwrap(commands.renderPost(post, channel ?? 0)), enabled: channel !== undefined, placeholderData: keepPreviousData, refetchOnMount: "always" });

/** What stands against publishing on a channel. Asked anew whenever the page opens: prices, trials and rules may have changed since. */
export const useChecked = (post: number, channel: number | undefined) =>
  useQuery({ queryKey: ["post", "check", post, channel], meta: heard.checkPost, queryFn: () => unwrap(commands.checkPost(post, channel ?? 0)), enabled: channel !== undefined, refetchOnMount: "always" });

/** The checks of several channels at once, for the export. */
export const useChecks = (post: number, channels: number[]) =>
  useQueries({ queries: channels.map((channel) => ({ queryKey: ["post", "check", post, channel], meta: heard.checkPost, queryFn: () => unwrap(commands.checkPost(post, channel)), refetchOnMount: "always" as const })) });

/** The texts of a bundle as they are packed, and the steps that bring them onto the platform. */
export const useHandOff = (post: number, channel: number | undefined) =>
  useQuery({ queryKey: ["bundle", "handoff", post, channel], meta: heard.getHandoff, queryFn: () => unwrap(commands.getHandoff(post, channel ?? 0)), enabled: channel !== undefined, refetchOnMount: "always" });

/** Whether pictures that the channel's frame would cut much go out whole on white. */
export const useSetPadding = () => useMutation({ mutationFn: ({ id, channel, on }: { id: number; channel: number; on: boolean }) => unwrap(commands.setPadding(id, channel, on)) });

/** A channel's own wording. */
export const useVariant = (post: number, channel: number | undefined) =>
  useQuery({ queryKey: ["post", "variant", post, channel], queryFn: () => unwrap(commands.getVariant(post, channel ?? 0)), enabled: channel !== undefined });

/** Kept states, newest first. */
export const useVersions = (post: number, on: boolean) => useQuery({ queryKey: ["post", "versions", post], queryFn: () => unwrap(commands.listVersions(post)), enabled: on });

/** The channels that are in use, in the order they were added. */
export const useChannels = () => useQuery({ queryKey: ["channel", "list"], queryFn: () => unwrap(commands.listChannels()), select: (all) => all.filter((one) => !one.archived) });

/** The rules in force for a platform. */
export const useRules = (platform: string | undefined) =>
  useQuery({ queryKey: ["channel", "rules", platform], queryFn: () => unwrap(commands.getRules(platform ?? "")), enabled: Boolean(platform) });

/** All products, for pickers and names. */
export const useProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})), enabled: on });

/** Photos of the library that match, at most `limit`. */
export const usePhotos = (filter: { product?: number; text?: string; unused?: boolean; limit?: number }, on = true) =>
  useQuery({ queryKey: ["photo", "list", filter], queryFn: () => unwrap(commands.listPhotos(filter)), enabled: on, placeholderData: keepPreviousData });

// Beside the component: a combine that is always the same function gives the same answer while nothing changed.
const joined = <T,>(answers: UseQueryResult<T[]>[]) => ({ data: answers.flatMap((answer) => answer.data ?? []), error: answers.find((answer) => answer.error)?.error ?? null, pending: answers.some((answer) => answer.isPending) });
const there = <T,>(answers: UseQueryResult<T>[]) => answers.flatMap((answer): T[] => (answer.data ? [answer.data] : []));

/** Everything known about the products of a post that a sentence can lean on. */
export function useEvidence(products: number[]) {
  const goods = useQueries({ queries: products.map((product) => ({ queryKey: ["product", "get", product], meta: heard.getProduct, queryFn: () => unwrap(commands.getProduct(product)) })), combine: there<Product> });
  const photos = useQueries({ queries: products.map((product) => ({ queryKey: ["photo", "of", product], queryFn: () => unwrap(commands.listPhotos({ product, limit: 500 })) })), combine: joined<Photo> });
  const trials = useQueries({ queries: products.map((product) => ({ queryKey: ["trial", "list", product], meta: heard.listTrials, queryFn: () => unwrap(commands.listTrials(product)) })), combine: joined<Trial> });
  const reviews = useQueries({ queries: products.map((product) => ({ queryKey: ["review", "list", product], meta: heard.listReviews, queryFn: () => unwrap(commands.listReviews(product)) })), combine: joined<Review> });
  const prices = useQueries({ queries: products.map((product) => ({ queryKey: ["price", "list", product], meta: heard.listPrices, queryFn: () => unwrap(commands.listPrices(product)) })), combine: joined<Price> });
  return useMemo(() => ({ goods, photos, trials, reviews, prices }), [goods, photos, trials, reviews, prices]);
}
export type Evidence = ReturnType<typeof useEvidence>;

/** Saves changes; the answer becomes the post the window knows. */
export function useEditPost() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, patch }: { id: number; patch: PostPatch }) => unwrap(commands.editPost(id, patch)),
    onSuccess: (post) => { client.setQueryData(["post", "get", post.id], post); },
  });
}

/** Sets a channel's own wording; both parts null take it back. */
export function useSetVariant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, channel, variant }: { id: number; channel: number; variant: Variant }) => unwrap(commands.setVariant(id, channel, variant)),
    onSuccess: (_, { id, channel, variant }) => { client.setQueryData(["post", "variant", id, channel], variant); },
  });
}

const untouched = (post: PostSummary) => !post.title && !post.excerpt && !post.products.length && !post.photos;

/** Starts a post. An empty one that was begun and left is taken up again instead of leaving a pile of blanks. */
export async function startPost(input: NewPost = {}): Promise<number> {
  if (!input.title && !input.products?.length && !input.photos?.length) {
    const blank = (await unwrap(commands.listPosts(false))).find(untouched);
    if (blank) return blank.id;
  }
  return (await unwrap(commands.createPost(input))).id;
}

export const useStartPost = () => useMutation({ mutationFn: startPost });

/** Brings a kept state back. */
export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: number; version: number }) => unwrap(commands.restoreVersion(id, version)),
    onSuccess: (post: Post) => {
      client.setQueryData(["post", "get", post.id], post);
      // It may have been a channel's own wording that came back.
      return client.invalidateQueries({ queryKey: ["post", "variant", post.id] });
    },
  });
}

export const useNameVersion = () => useMutation({ mutationFn: ({ id, label }: { id: number; label: string }) => unwrap(commands.nameVersion(id, label)) });

/** Milliseconds of an RFC 3339 time. */
export const ms = (time: string) => Date.parse(time);
