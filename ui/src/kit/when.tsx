import { i18n } from "@lingui/core";

const chinese = () => !i18n.locale || i18n.locale.startsWith("zh");
const two = (n: number) => String(n).padStart(2, "0");
const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Whole local days from `from` to `to`, both in ms; daylight saving does not shift it. */
export const daysBetween = (from: number, to: number) => Math.round((midnight(to) - midnight(from)) / 86_400_000);

export type WhenForm = "date" | "time" | "full" | "ago";

/**
 * A moment (ms UTC) in local words. date: 11 月 22 日 (with the year when it is another one); time: 8:05; full: both; ago: 刚刚, 3 分钟前, 今天 8:05,
 * 昨天, 明天, else the date.
 */
export function formatWhen(at: number, form: WhenForm = "date", now = Date.now()): string {
  const day = new Date(at);
  const zh = chinese();
  const time = `${day.getHours()}:${two(day.getMinutes())}`;
  const year = day.getFullYear() !== new Date(now).getFullYear();
  const date = zh
    ? `${year ? `${day.getFullYear()} 年 ` : ""}${day.getMonth() + 1} 月 ${day.getDate()} 日`
    : day.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(year && { year: "numeric" }) });
  if (form === "date") return date;
  if (form === "time") return time;
  if (form === "full") return `${date} ${time}`;
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes === 0 && at <= now) return zh ? "刚刚" : "just now";
  if (minutes > 0 && minutes < 60) return zh ? `${minutes} 分钟前` : `${minutes} min ago`;
  const days = daysBetween(now, at);
  if (days === 0) return zh ? `今天 ${time}` : `today ${time}`;
  if (days === -1) return zh ? `昨天 ${time}` : `yesterday ${time}`;
  if (days === 1) return zh ? `明天 ${time}` : `tomorrow ${time}`;
  return date;
}

/** Two dates as one span: 11 月 1 日 – 22 日. */
export function formatSpan(from: number, to: number, now = Date.now()): string {
  const [a, b] = [new Date(from), new Date(to)];
  if (chinese() && a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth()) {
    return a.getDate() === b.getDate() ? formatWhen(from, "date", now) : `${formatWhen(from, "date", now)} – ${b.getDate()} 日`;
  }
  return `${formatWhen(from, "date", now)} – ${formatWhen(to, "date", now)}`;
}

/** A moment in words, with the exact time on hover. */
export function When({ at, form = "date", now }: { at: number; form?: WhenForm; now?: number }) {
  return <time dateTime={new Date(at).toISOString()} title={formatWhen(at, "full", now)}>{formatWhen(at, form, now)}</time>;
}
