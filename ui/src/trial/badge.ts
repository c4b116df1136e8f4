import { msToDay } from "../kit";
import { useTrials } from "./api";
import { daysWithout } from "./days";

/** Open trials that have waited two days or more for a word. */
export function useBadge(): number | undefined {
  const today = msToDay(Date.now());
  return useTrials().data?.filter((trial) => !trial.finished_on && daysWithout(trial, today) >= 2).length;
}
