import type { OrderFilter } from "../ipc";

/** The address of the orders that match, for a link from anywhere: `/order?post=3&from=2026-11-01`. */
export function orderPath(filter: OrderFilter & { open?: number; act?: string }): string {
  const words = Object.entries(filter).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return words.length ? `/order?${new URLSearchParams(words.map(([key, value]) => [key, String(value)]))}` : "/order";
}

/** The filter an address stands for; what cannot be read is left out. */
export function orderFilter(search: Record<string, unknown>): OrderFilter {
  const id = (key: string) => (Number.isInteger(Number(search[key] ?? NaN)) ? Number(search[key]) : undefined);
  const day = (key: string) => (/^\d{4}-\d{2}-\d{2}$/.test(String(search[key])) ? String(search[key]) : undefined);
  const filter: OrderFilter = {
    shop: id("shop"), post: id("post"), channel: id("channel"), product: id("product"), from: day("from"), to: day("to"),
    status: search.status === undefined ? undefined : (String(search.status) as OrderFilter["status"]),
    text: search.text === undefined ? undefined : String(search.text),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
