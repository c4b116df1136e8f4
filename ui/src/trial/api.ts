import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { commands, type FlawPatch, heard, type NewDay, type NewFlaw, type NewTrial, type Trial, type TrialPatch, unwrap, type Verdict } from "../ipc";
import { photosOf } from "../photo/api";

const one = (id: number) => ["trial", "one", id];

export const useTrials = () => useQuery({ queryKey: ["trial", "list", null], meta: heard.listTrials, queryFn: () => unwrap(commands.listTrials(null)) });
export const useTrial = (id: number) => useQuery({ queryKey: one(id), meta: heard.getTrial, queryFn: () => unwrap(commands.getTrial(id)) });
export const useTrialProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})), enabled: on });
export const useStartTrial = () => useMutation({
  mutationFn: async ({ input, patch }: { input: NewTrial; patch: TrialPatch }) => {
    const trial = await unwrap(commands.startTrial(input));
    return Object.keys(patch).length > 0 ? unwrap(commands.editTrial(trial.id, patch)) : trial;
  },
});
/** Photos of the trial that stand on none of its days, nor as a proof of something else in it. */
export function useUndated(trial: Trial) {
  const dated = new Set([...trial.days.flatMap((day) => day.photos), ...trial.flaws.flatMap((flaw) => flaw.photo ?? []), ...(trial.receipt === null ? [] : [trial.receipt])]);
  const all = useQuery({ queryKey: ["photo", "list", { trial: trial.id }], queryFn: () => unwrap(commands.listPhotos({ trial: trial.id })), placeholderData: keepPreviousData }).data;
  return (all ?? []).filter((photo) => !dated.has(photo.id) && !photo.made);
}
/** Every photo the trial speaks of; what was known stays on screen while one is added. */
export function useTrialPhotos(trial: Trial) {
  const ids = [...new Set([...trial.days.flatMap((day) => day.photos), ...trial.flaws.flatMap((flaw) => flaw.photo ?? []), ...(trial.receipt === null ? [] : [trial.receipt])])];
  return useQuery({ queryKey: ["photo", "of", ids], queryFn: () => photosOf(ids), placeholderData: keepPreviousData });
}
export const useScales = (product: number, on = true) => useQuery({ queryKey: ["trial", "scales", product], meta: heard.listScales, queryFn: () => unwrap(commands.listScales(product)), enabled: on });
/** What a day's note said before; `edits` is in the key so that a new edit is asked for. */
export const useHistory = (trial: number, on: string, edits: number, open: boolean) =>
  useQuery({ queryKey: ["trial", "edits", trial, on, edits], meta: heard.listTrialEdits, queryFn: () => unwrap(commands.listTrialEdits(trial, on)), enabled: open });
/** What the verdict was before; `updated` is in the key so that a new one is asked for. */
export const useVerdicts = (trial: number, updated: string) =>
  useQuery({ queryKey: ["trial", "verdicts", trial, updated], meta: heard.listVerdictEdits, queryFn: () => unwrap(commands.listVerdictEdits(trial)), placeholderData: keepPreviousData });
/** The days that trials ask a note of and got none, by trial: the core's rule, as 今日 shows it. */
export const useMissing = () => useQuery({
  queryKey: ["trial", "missing"], meta: heard.getToday, queryFn: async () => (await unwrap(commands.getToday())).todos.filter((todo) => todo.kind === "trial_day" || todo.kind === "trial_end"),
});

/** Everything that changes one trial; each answers with the trial as it is now, which is on screen before the event comes round. */
export function useTrialChanges(id: number) {
  const client = useQueryClient();
  const put = (trial: Trial) => { client.setQueryData(one(id), trial); return trial; };
  return {
    log: async (day: NewDay) => put(await unwrap(commands.logTrial(id, day))),
    /** `null` is no day: the photo waits with the trial. Without `at` it goes behind the others of the day. */
    movePhoto: async (photo: number, from: string | null, to: string | null, at: number | null = null) => put(await unwrap(commands.moveTrialPhoto(id, photo, from, to, at))),
    admit: async (input: NewFlaw) => put(await unwrap(commands.addShortcoming(id, input))),
    amend: async (flaw: number, patch: FlawPatch) => put(await unwrap(commands.editShortcoming(id, flaw, patch))),
    takeBack: async (text: string) => put(await unwrap(commands.removeShortcoming(id, text))),
    finish: async (verdict: Verdict, text: string, on: string | null) => put(await unwrap(commands.finishTrial(id, verdict, text, on))),
    reopen: async () => put(await unwrap(commands.reopenTrial(id))),
    edit: async (patch: TrialPatch) => put(await unwrap(commands.editTrial(id, patch))),
    renameScale: async (from: string, to: string) => put(await unwrap(commands.renameScale(id, from, to))),
    remove: async () => { const gone = await unwrap(commands.removeTrial(id)); client.removeQueries({ queryKey: one(id) }); return gone; },
  };
}
export type Changes = ReturnType<typeof useTrialChanges>;
