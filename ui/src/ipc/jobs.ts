import { type QueryClient, useQuery } from "@tanstack/react-query";
import { invoke } from "@tauri-apps/api/core";
import { toCoreError } from "./errors";
import { listen } from "./window";

/** One long piece of work. `done` counts failed pieces too, `total` is null or 0 while it is not known; `note` says what is being worked on. */
export type Job = { job: string; kind: string; done: number; total: number | null; failed?: number; note: string; state: "running" | "done" | "failed" | "cancelled" };

const key = ["job"];

/** Running jobs and those that ended in this session, with `news` about one of them folded in; newest last. */
export function foldJob(jobs: readonly Job[], news: Job): Job[] {
  return jobs.some((job) => job.job === news.job) ? jobs.map((job) => (job.job === news.job ? news : job)) : [...jobs, news];
}

/** Keeps the list of jobs up to date from the core's `progress` events; returns how to stop. */
export function followJobs(client: QueryClient): () => void {
  return listen<Job>("progress", (news) => client.setQueryData<Job[]>(key, (jobs = []) => foldJob(jobs, news)));
}

/** All jobs of this session; redraws as they move. */
export function useJobs(): Job[] {
  return useQuery<Job[]>({ queryKey: key, queryFn: () => [], initialData: [], enabled: false, gcTime: Infinity, staleTime: Infinity }).data;
}

/** The running job of a kind, for a page that shows its own bar. */
export const useJob = (kind: string) => useJobs().findLast((job) => job.kind === kind && job.state === "running");

/** Asks a job to stop; what it has finished stays. */
export async function cancelJob(job: string): Promise<void> {
  try {
    await invoke("cancel_job", { job });
  } catch (thrown) {
    throw toCoreError(thrown);
  }
}

/** Takes an ended job out of the tray. */
export const forgetJob = (client: QueryClient, job: string) => client.setQueryData<Job[]>(key, (jobs = []) => jobs.filter((one) => one.job !== job));
