import type { DayTotal } from "../ipc";
import { dayToMs, msToDay } from "../kit";

export type Span = "month" | "days30" | "custom";

/** The first and the last local day ("2026-11-22") of a span that ends today. */
export function spanDays(span: Exclude<Span, "custom">, now: number): { from: string; to: string } {
  const to = msToDay(now);
  const day = new Date(now);
  return { from: span === "month" ? `${to.slice(0, 8)}01` : msToDay(day.setDate(day.getDate() - 29)), to };
}

/** Every day of the period in one currency; a day without orders is a true zero. Empty ends fall back to the days there are. */
export function everyDay(days: DayTotal[], currency: string, from?: string | null, to?: string | null): DayTotal[] {
  const own = new Map(days.filter((day) => day.currency === currency).map((day) => [day.on, day]));
  const known = [...own.keys()].sort();
  const first = from ?? known[0];
  const last = to ?? known.at(-1);
  if (!first || !last) return [];
  const all: DayTotal[] = [];
  for (const at = new Date(dayToMs(first)); msToDay(at.getTime()) <= last && all.length < 3700; at.setDate(at.getDate() + 1)) {
    const on = msToDay(at.getTime());
    all.push(own.get(on) ?? { on, currency, orders: 0, net: 0, refunded: 0 });
  }
  return all;
}
