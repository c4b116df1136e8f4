/** A local day ("2026-11-22") or minute ("2026-11-22T08:05") as ms UTC. */
export const dayToMs = (day: string) => new Date(day.length === 10 ? `${day}T00:00` : day).getTime();

/** A moment (ms UTC) as the local day DateField speaks; `time` adds the minute. */
export function msToDay(at: number, time = false): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, time ? 16 : 10);
}

// Civil days are reckoned in UTC, where none is longer than another.
const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const civil = (date: Date) => date.toISOString().slice(0, 10);

/** The day `by` days on. */
export const shiftDay = (day: string, by: number) => civil(new Date(utc(day).getTime() + by * 86_400_000));

/** The same day `by` months on, or the last of that month. */
export function shiftMonth(day: string, by: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return civil(new Date(Date.UTC(year, month - 1 + by, Math.min(date, last))));
}

/** 0 Monday to 6 Sunday. */
export const weekdayOf = (day: string) => (utc(day).getUTCDay() + 6) % 7;

/** The six weeks in which the month of a day is shown, Monday first. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`;
  const from = shiftDay(first, -weekdayOf(first));
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, nth) => shiftDay(from, week * 7 + nth)));
}

/**
 * What somebody typed as a day: 2026-11-22, 2026/11/22, 2026年11月22日, 20261122, 11-22 (of this year), 今天, 昨天; with `time` a minute behind it, else
 * that of `before` or midnight. Undefined when it is no day.
 */
export function readDay(words: string, today: string, time = false, before: string | null = null): string | undefined {
  const [, head = "", clock] = /^(.*?)(?:[T\s]+(\d{1,2}[:：]\d{2}))?$/.exec(words.trim()) ?? [];
  const shifts: Record<string, number> = { 今天: 0, today: 0, 昨天: -1, yesterday: -1, 明天: 1, tomorrow: 1 };
  const by = shifts[head.toLowerCase()];
  const date = /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/.exec(head) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(head);
  const two = (part: string | undefined) => (part ?? "").padStart(2, "0");
  const day = by !== undefined ? shiftDay(today, by) : date ? `${date[1] ?? today.slice(0, 4)}-${two(date[2])}-${two(date[3])}` : undefined;
  if (!day || Number.isNaN(utc(day).getTime()) || civil(utc(day)) !== day) return undefined;
  if (!time) return clock ? undefined : day;
  const [hour, minute] = (clock ?? before?.slice(11, 16) ?? "00:00").split(/[:：]/);
  return Number(hour) < 24 && Number(minute) < 60 ? `${day}T${two(hour)}:${minute}` : undefined;
}
