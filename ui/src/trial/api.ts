import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { commands, type NewDay, type NewTrial, type Trial, unwrap, type Verdict } from "../ipc";

const one = (id: number) => ["trial", "one", id];

export const useTrials = () => useQuery({ queryKey: ["trial", "list", null], queryFn: () => unwrap(commands.listTrials(null)) });
export const useTrial = (id: number) => useQuery({ queryKey: one(id), queryFn: () => unwrap(commands.getTrial(id)) });
export const useTrialProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], queryFn: () => unwrap(commands.listProducts({})), enabled: on });
export const useStartTrial = () => useMutation({ mutationFn: (input: NewTrial) => unwrap(commands.startTrial(input)) });
export const useTrialPhotos = (trial: number) => useQuery({ queryKey: ["photo", "list", { trial }], queryFn: () => unwrap(commands.listPhotos({ trial })) });

/** Everything that changes one trial; each answers with the trial as it is now, which is on screen before the event comes round. */
export function useTrialChanges(id: number) {
  const client = useQueryClient();
  const put = (trial: Trial) => { client.setQueryData(one(id), trial); return trial; };
  return {
    log: async (day: NewDay) => put(await unwrap(commands.logTrial(id, day))),
    dropPhoto: async (on: string, photo: number) => put(await unwrap(commands.removeTrialPhoto(id, on, photo))),
    admit: async (text: string) => put(await unwrap(commands.addShortcoming(id, text))),
    takeBack: async (text: string) => put(await unwrap(commands.removeShortcoming(id, text))),
    finish: async (verdict: Verdict, text: string, on: string | null) => put(await unwrap(commands.finishTrial(id, verdict, text, on))),
  };
}
export type Changes = ReturnType<typeof useTrialChanges>;
