import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { commands, type NewConsent, type NewPaste, type NewReview, type ReasonKind, type ReasonVerdict, type Review, type ReviewField, type ReviewPatch, unwrap, useRunJob } from "../ipc";
import { say } from "../kit";

export type Takes = (ReviewField | null)[];

export const useReviews = (product: number | null) => useQuery({ queryKey: ["review", "list", product], queryFn: () => unwrap(commands.listReviews(product)) });
export const useTrashedReviews = (product: number | null, on: boolean) => useQuery({ queryKey: ["review", "trash", product], queryFn: () => unwrap(commands.listTrashedReviews(product)), enabled: on });
export const useRestore = () => useMutation({ mutationFn: (ids: number[]) => unwrap(commands.restoreReviews(ids)) });
/** Deletes for good what was taken away: these, or all. */
export const useEmptyTrash = () => useMutation({ mutationFn: (ids: number[] | null) => unwrap(commands.emptyReviewTrash(ids)) });
export const useSummary = (product: number | null) => useQuery({ queryKey: ["review", "summary", product], queryFn: () => unwrap(commands.getReviewSummary(product)) });
export const useHistory = (id: number | null) => useQuery({ queryKey: ["review", "history", id], queryFn: () => unwrap(commands.getReviewHistory(id ?? 0)), enabled: id !== null });
export const useRules = (on: boolean) => useQuery({ queryKey: ["review", "rules"], queryFn: () => unwrap(commands.listReviewRules()), enabled: on });
export const useReviewProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], queryFn: () => unwrap(commands.listProducts({})), enabled: on });

export const useAddReview = () => useMutation({ mutationFn: (input: NewReview) => unwrap(commands.addReview(input)) });
export const useEditReview = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: ReviewPatch }) => unwrap(commands.editReview(id, patch)) });
export const useConsent = () => useMutation({ mutationFn: ({ id, word }: { id: number; word: NewConsent }) => unwrap(commands.consentReview(id, word)) });
export const useSetRule = () => useMutation({ mutationFn: (rule: { kind: ReasonKind; label: string; words: string[]; enabled: boolean }) => unwrap(commands.setReviewRule(rule.kind, rule.label, rule.words, rule.enabled)) });
export const useResetRule = () => useMutation({ mutationFn: (rule: { kind: ReasonKind; label: string }) => unwrap(commands.resetReviewRule(rule.kind, rule.label)) });

/** A value that has stood still for a moment: nothing is asked while somebody is typing. */
export function useStill<T>(value: T, ms = 250): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return still;
}

export const usePastePreview = (input: NewPaste) =>
  useQuery({ queryKey: ["review", "split", input], queryFn: () => unwrap(commands.splitReviews(input)), enabled: Boolean(input.product && input.text?.trim()), placeholderData: keepPreviousData, gcTime: 0 });
export const useTablePreview = (file: string | undefined, product: number | undefined, takes: Takes | null) =>
  useQuery({ queryKey: ["review", "table", file, product, takes], queryFn: () => unwrap(commands.previewReviews(file ?? "", product ?? 0, takes)), enabled: Boolean(file && product), placeholderData: keepPreviousData, gcTime: 0, retry: false });
export const useTried = (kind: ReasonKind, words: string[]) =>
  useQuery({ queryKey: ["review", "tried", kind, words], queryFn: () => unwrap(commands.tryReviewRule(null, kind, words)), enabled: words.length > 0, placeholderData: keepPreviousData, retry: false });

/** Keeps copied words; the tray shows how far it is. */
export function usePaste() {
  const run = useRunJob();
  return useMutation({ mutationFn: (input: NewPaste) => run("review", (job) => commands.pasteReviews(input, job)) });
}

/** Takes in a table as the preview showed it. */
export function useImportReviews() {
  const run = useRunJob();
  return useMutation({ mutationFn: ({ file, product, takes }: { file: string; product: number; takes: Takes | null }) => run("review", (job) => commands.importReviews(file, product, takes, job)) });
}

/** Says of a label whether it is so; what was said can be taken back. */
export function useDecide() {
  const decide = async (ids: number[], kind: ReasonKind, label: string, verdict: ReasonVerdict, done?: string) => {
    try {
      const changed = await unwrap(commands.decideReviews(ids, kind, label, verdict));
      if (done && changed.length) say.done(done, () => decide(changed, kind, label, "clear"));
    } catch (error) {
      say.failed(error);
    }
  };
  return decide;
}

/** Takes a review away, with the way back. */
export function useRemove() {
  return async (review: Review, done: string) => {
    try {
      await unwrap(commands.removeReviews([review.id]));
      say.done(done, () => unwrap(commands.restoreReviews([review.id])).catch(say.failed));
    } catch (error) {
      say.failed(error);
    }
  };
}
