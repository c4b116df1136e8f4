import { i18n } from "@lingui/core";
import type { Day, Trial } from "../ipc";
import { daysBetween, dayToMs, msToDay } from "../kit";

/** The civil day `by` days after (before, when negative) a day, "2026-11-22". */
export const shift = (day: string, by: number): string => {
  const at = new Date(dayToMs(day));
  at.setDate(at.getDate() + by);
  return msToDay(at.getTime());
};

/** Which day of the trial a day is; the first is 1. */
export const nthDay = (trial: Pick<Trial, "started_on">, on: string) => daysBetween(dayToMs(trial.started_on), dayToMs(on)) + 1;

/** The last day a trial reaches: its end, or today while it is open. */
export const lastDay = (trial: Pick<Trial, "finished_on">, today: string) => trial.finished_on ?? today;

/** Whether a day proves anything: a word, a photo or a feeling. */
export const says = (day: Day) => day.text.trim() !== "" || day.photos.length > 0 || day.ratings.length > 0;

/** Whole days since something was noted; 0 when today has a note. */
export function daysWithout(trial: Trial, today: string): number {
  const last = trial.days.findLast(says)?.on ?? trial.started_on;
  return Math.max(0, daysBetween(dayToMs(last), dayToMs(today)));
}

/** How long may honestly be said to have been used: up to the last day that is on record. */
export function provenDays(trial: Trial): number {
  const last = trial.days.findLast(says);
  return last ? nthDay(trial, last.on) : 0;
}

export type Stretch = { kind: "day"; on: string; day?: Day } | { kind: "gap"; from: string; to: string; count: number };

/** The trial newest first: noted days, days that are being filled in, and the gaps between. Today is never a gap: it is still being lived. */
export function stretches(trial: Trial, today: string, filling: readonly string[] = []): Stretch[] {
  // A day whose last photo was taken off again says nothing: it is a gap like any other.
  const noted = new Map(trial.days.filter(says).map((day) => [day.on, day]));
  const end = lastDay(trial, today);
  const open = trial.finished_on === null && today >= trial.started_on;
  const days = [...new Set([...noted.keys(), ...filling, ...(open ? [today] : [])])].toSorted().reverse();
  const found: Stretch[] = [];
  const gap = (from: string, to: string) => {
    const count = daysBetween(dayToMs(from), dayToMs(to)) + 1;
    if (count > 0) found.push({ kind: "gap", from, to, count });
  };
  let above = shift(end, 1);
  for (const on of days) {
    gap(shift(on, 1), shift(above, -1));
    found.push({ kind: "day", on, day: noted.get(on) });
    above = on;
  }
  gap(trial.started_on, shift(above, -1));
  return found;
}

const digits = "零一二三四五六七八九";

/** A count as it is written in a sentence: 六, 十二, 二十一; from a hundred on, and in English, as figures. */
export function inWords(count: number): string {
  if (count >= 100 || (i18n.locale && !i18n.locale.startsWith("zh"))) return String(count);
  const ones = digits[count % 10] ?? "";
  if (count < 10) return count === 2 ? "两" : ones;
  const tens = Math.floor(count / 10);
  return `${tens > 1 ? digits[tens] ?? "" : ""}十${count % 10 ? ones : ""}`;
}
