import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { commands, type Found, heard, type NewConsent, type NewPaste, type NewReview, type ReasonKind, type ReasonVerdict, type Review, type ReviewField, type ReviewPatch, type ReviewRule, unwrap, useRunJob } from "../ipc";
import { say } from "../kit";

export type Takes = (ReviewField | null)[];

export const useReviews = (product: number | null) => useQuery({ queryKey: ["review", "list", product], meta: heard.listReviews, queryFn: () => unwrap(commands.listReviews(product)) });
export const useTrashedReviews = (product: number | null, on: boolean) => useQuery({ queryKey: ["review", "trash", product], meta: heard.listTrashedReviews, queryFn: () => unwrap(commands.listTrashedReviews(product)), enabled: on });
export const useRestore = () => useMutation({ mutationFn: (ids: number[]) => unwrap(commands.restoreReviews(ids)) });
/** Deletes for good what was taken away: these, or all. */
export const useEmptyTrash = () => useMutation({ mutationFn: (ids: number[] | null) => unwrap(commands.emptyReviewTrash(ids)) });
export const useSummary = (product: number | null) => useQuery({ queryKey: ["review", "summary", product], meta: heard.getReviewSummary, queryFn: () => unwrap(commands.getReviewSummary(product)) });
export const useHistory = (id: number | null) => useQuery({ queryKey: ["review", "history", id], meta: heard.getReviewHistory, queryFn: () => unwrap(commands.getReviewHistory(id ?? 0)), enabled: id !== null });
export const useRules = (on: boolean) => useQuery({ queryKey: ["review", "rules"], queryFn: () => unwrap(commands.listReviewRules()), enabled: on });
export const useReviewProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})), enabled: on });

export const useAddReview = () => useMutation({ mutationFn: (input: NewReview) => unwrap(commands.addReview(input)) });
export const useEditReview = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: ReviewPatch }) => unwrap(commands.editReview(id, patch)) });
export const useConsent = () => useMutation({ mutationFn: ({ id, word }: { id: number; word: NewConsent }) => unwrap(commands.consentReview(id, word)) });
/** Both ways of changing a rule answer with all of them, which are on screen before the event comes round. */
function useRuleChange<T>(change: (rule: T) => Promise<ReviewRule[]>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: (all) => client.setQueryData(["review", "rules"], all) });
}
export const useSetRule = () => useRuleChange((rule: Pick<ReviewRule, "kind" | "label" | "words" | "enabled">) => unwrap(commands.setReviewRule(rule.kind, rule.label, rule.words, rule.enabled)));
export const useResetRule = () => useRuleChange((rule: Pick<ReviewRule, "kind" | "label">) => unwrap(commands.resetReviewRule(rule.kind, rule.label)));

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
  useQuery({ queryKey: ["review", "split", input], meta: heard.splitReviews, queryFn: () => unwrap(commands.splitReviews(input)), enabled: Boolean(input.product && input.text?.trim()), placeholderData: keepPreviousData, gcTime: 0 });
export const useTablePreview = (file: string | undefined, product: number | undefined, takes: Takes | null) =>
  useQuery({ queryKey: ["review", "table", file, product, takes], meta: heard.previewReviews, queryFn: () => unwrap(commands.previewReviews(file ?? "", product ?? 0, takes)), enabled: Boolean(file && product), placeholderData: keepPreviousData, gcTime: 0, retry: false });
export const useTried = (kind: ReasonKind, words: string[]) =>
  useQuery({ queryKey: ["review", "tried", kind, words], meta: heard.tryReviewRule, queryFn: () => unwrap(commands.tryReviewRule(null, kind, words)), enabled: words.length > 0, placeholderData: keepPreviousData, retry: false });

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

type Label = Pick<Found, "kind" | "label">;

/** Says of labels whether they are so, in one word with one way back; `done` hears which of them were changed. */
export function useDecide() {
  return async (ids: number[], labels: Label[], verdict: Exclude<ReasonVerdict, "clear">, done: (changed: Label[]) => string) => {
    const changed: (Label & { ids: number[] })[] = [];
    try {
      for (const { kind, label } of labels) {
        const said = await unwrap(commands.decideReviews(ids, kind, label, verdict));
        if (said.length > 0) changed.push({ kind, label, ids: said });
      }
    } catch (error) {
      say.failed(error);
    }
    if (changed.length > 0) say.done(done(changed), async () => { for (const one of changed) await unwrap(commands.decideReviews(one.ids, one.kind, one.label, "clear")); });
  };
}

/** Takes a review away, with the way back. */
export function useRemove() {
  return async (review: Review, done: string) => {
    try {
      await unwrap(commands.removeReviews([review.id]));
      say.done(done, () => unwrap(commands.restoreReviews([review.id])));
    } catch (error) {
      say.failed(error);
    }
  };
}
