import { t } from "@lingui/core/macro";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { commands, type Duplicates, heard, type Likeness, type Merit, type Scope, unwrap } from "../ipc";
import { piecesOf } from "./api";

/** As many groups as are shown at once; no more are asked for until some are decided. */
const full = 100;

/** Groups of photos that look alike; asked again while some wait to be compared. */
export const useTwins = () => useQuery({
  queryKey: ["photo", "twins"], queryFn: () => unwrap(commands.listDuplicates()),
  refetchInterval: (query) => (stillComparing(query.state.data) ? 300 : false),
});
export const stillComparing = (found: Duplicates | undefined) => Boolean(found && found.left > 0 && found.groups.length < full);

/** Keeps one and puts the others into the trash; answers what was kept and how to take it all back. */
export async function keepBest(best: number, others: number[]) {
  const kept = await unwrap(commands.keepBestPhoto(best, others));
  return { kept, undo: async () => { await unwrap(commands.restorePhotos(kept.trashed)); await unwrap(commands.reopenPhotos([best, ...others])); } };
}
export async function keepAll(best: number, others: number[]) {
  await unwrap(commands.keepAllPhotos(best, others));
  return async () => { await unwrap(commands.reopenPhotos([best, ...others])); };
}
export async function tellApart(ids: number[], from: number[]) {
  await unwrap(commands.tellPhotosApart(ids, from));
  return async () => { await unwrap(commands.reopenPhotos([...new Set([...ids, ...from])])); };
}

export const useProvenance = (id: number) => useQuery({ queryKey: ["photo", "provenance", id], meta: heard.getProvenance, queryFn: () => unwrap(commands.getProvenance(id)) });
/** How many photos count as own, in one question for a whole product, trial or library; asked again while photos wait to be compared. */
export const useDoubts = (scope: Scope, on = true) => useQuery({ queryKey: ["photo", "doubts", scope], meta: heard.listDoubts, queryFn: () => unwrap(commands.listDoubts(scope)), enabled: on, refetchInterval: (query) => (query.state.data?.left ? 500 : false) });
/** Which of the photos of a stretch of a wall are in doubt: only what is seen is weighed, in the pieces its tiles come in. */
export function useDoubtful(ids: readonly number[], from: number, to: number, on: boolean): ReadonlySet<number> {
  return useQueries({
    queries: piecesOf(ids, from, to).map((some) => ({ queryKey: ["photo", "doubtful", some], enabled: on, gcTime: 20_000, meta: heard.listDoubtful, queryFn: () => unwrap(commands.listDoubtful(some)) })),
    combine: useCallback((answers: { data: number[] | undefined }[]) => new Set(answers.flatMap((answer) => answer.data ?? [])), []),
  });
}
export const claim = (ids: number[], mine: boolean) => unwrap(commands.claimPhotos(ids, mine));

export const likenessWord = (is: Likeness) => ({ best: t`最值得留`, resaved: t`同一张，另存过`, burst: t`连拍`, alike: t`很像` })[is];
export const meritWord = (is: Merit) => ({
  chosen: t`你选过它`, used: t`只有它在内容里用过`, picked: t`只有它被选中`, rated: t`评级最高`, original: t`带着相机信息，别的丢了`,
  larger: t`像素最多`, firsthand: t`别的是从它另存的`, sharper: t`明显更清楚`, heavier: t`压缩得最少`, even: t`差别不大，先留这张`,
})[is];
