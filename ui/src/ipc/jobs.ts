import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { commands, type JobProgress } from "./commands";
import { type CoreError, type Reply, toCoreError, unwrap } from "./errors";
import { listen } from "./window";

/** One long piece of work. `done` counts failed pieces too, `total` is null while it is not known; `note` says what is being worked on. */
export type Job = { job: number; kind: string; done: number; total: number | null; failed: number; note: string; state: "running" | "done" | "failed" | "cancelled" };

const key = ["job"];
let last = 0;
/** The number of a piece of work that shows itself where it was asked for, not in the tray. */
export const nextJob = () => (last += 1);

const change = (client: QueryClient, job: number, news: Partial<Job>) =>
  client.setQueryData<Job[]>(key, (jobs = []) => jobs.map((one) => (one.job === job ? { ...one, ...news } : one)));

/** Keeps the list of jobs up to date from the core's `progress` events; returns how to stop. */
export function followJobs(client: QueryClient): () => void {
  return listen<JobProgress>("progress", ({ job, progress }) => change(client, job, progress));
}

/** Starts long work under a new number, shows it in the tray, and answers with its data or its error thrown. */
export async function runJob<T>(client: QueryClient, kind: string, start: (job: number) => Promise<Reply<T>>): Promise<T> {
  const job = nextJob();
  const begun: Job = { job, kind, done: 0, total: null, failed: 0, note: "", state: "running" };
  client.setQueryData<Job[]>(key, (jobs = []) => [...jobs, begun]);
  try {
    const data = await unwrap(start(job));
    const stopped = typeof data === "object" && data !== null && "cancelled" in data && data.cancelled === true;
    change(client, job, { state: stopped ? "cancelled" : "done" });
    return data;
  } catch (thrown) {
    const error: CoreError = toCoreError(thrown);
    change(client, job, error.code === "cancelled" ? { state: "cancelled" } : { state: "failed", note: error.message });
    // The tray says it, also when the page that asked is gone by then; said by that page as well, it would stand in two corners.
    error.told = true;
    throw error;
  }
}

/** `runJob` bound to the window: `const run = useRunJob(); await run("photo", (job) => commands.importPhotos(input, job))`. */
export function useRunJob() {
  const client = useQueryClient();
  return useCallback(<T,>(kind: string, start: (job: number) => Promise<Reply<T>>) => runJob(client, kind, start), [client]);
}

/** All jobs of this session; redraws as they move. */
export function useJobs(): Job[] {
  return useQuery<Job[]>({ queryKey: key, queryFn: () => [], initialData: [], enabled: false, gcTime: Infinity, staleTime: Infinity }).data;
}

/** The running job of a kind, for a page that shows its own bar. */
export const useJob = (kind: string) => useJobs().findLast((job) => job.kind === kind && job.state === "running");

/** Asks a job to stop; what it has finished stays. */
export async function cancelJob(job: number): Promise<void> {
  try {
    await commands.cancelJob(job);
  } catch (thrown) {
    throw toCoreError(thrown);
  }
}

/** Takes an ended job out of the tray. */
export const forgetJob = (client: QueryClient, job: number) => client.setQueryData<Job[]>(key, (jobs = []) => jobs.filter((one) => one.job !== job));
