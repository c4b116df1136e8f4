import type { Trial } from "../ipc";
import { dayToMs, msToDay } from "../kit";

/** The days of a trial that typed words may mean: 第 3 天, d3, 11-20, 11.20, 11 月 20 日, 昨天; only days that lie within it. */
export function daysMeant(words: string, trial: Pick<Trial, "started_on" | "finished_on">, today: string): string[] {
  const end = trial.finished_on ?? today;
  const shift = (day: string, by: number) => msToDay(dayToMs(day) + by * 86_400_000);
  const nth = /^(?:第\s*|d|day\s*)(\d{1,3})\s*天?$/i.exec(words)?.[1];
  const date = /^(?:(\d{4})[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$/.exec(words);
  const found: string[] = [];
  if (nth) found.push(shift(trial.started_on, Number(nth) - 1));
  if (words === "昨天" || /^zuotian$|^zt$/i.test(words)) found.push(shift(today, -1));
  if (date) {
    const rest = `${String(date[2]).padStart(2, "0")}-${String(date[3]).padStart(2, "0")}`;
    // Without a year, the one that lies within the trial.
    for (const year of date[1] ? [date[1]] : [end.slice(0, 4), trial.started_on.slice(0, 4)]) found.push(`${year}-${rest}`);
  }
  return [...new Set(found)].filter((day) => !Number.isNaN(dayToMs(day)) && msToDay(dayToMs(day)) === day && day >= trial.started_on && day <= end);
}
