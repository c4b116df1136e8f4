import type { BundleRecord, Publication } from "../ipc";

/** Bundles that wait to be published by hand: the newest per post and channel, unless the post went out there since. */
export function ready(bundles: readonly BundleRecord[], publications: readonly Publication[]): BundleRecord[] {
  const newest = new Map<string, BundleRecord>();
  for (const bundle of bundles) {
    const key = `${bundle.post}:${bundle.channel}`;
    const known = newest.get(key);
    if (!known || Date.parse(known.created_at) < Date.parse(bundle.created_at)) newest.set(key, bundle);
  }
  const out = (bundle: BundleRecord) => publications.some((one) => one.post === bundle.post && one.channel === bundle.channel && Date.parse(one.at) >= Date.parse(bundle.created_at) - 60_000);
  return [...newest.values()].filter((bundle) => !out(bundle)).sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
}

/** The weeks of a month, Monday first, as local days "2026-11-22"; days of its neighbours fill the ends. */
export function weeks(year: number, month: number): string[][] {
  const first = new Date(year, month, 1);
  const start = new Date(year, month, 1 - ((first.getDay() + 6) % 7));
  const rows = Math.ceil((((first.getDay() + 6) % 7) + new Date(year, month + 1, 0).getDate()) / 7);
  const two = (n: number) => String(n).padStart(2, "0");
  return Array.from({ length: rows }, (_, week) => Array.from({ length: 7 }, (_, nth) => {
    const day = new Date(start.getFullYear(), start.getMonth(), start.getDate() + week * 7 + nth);
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  }));
}

/** Posts of the seven days before `now` that no category is known of: nothing can be said about them. */
export function unsorted(publications: readonly Publication[], categoriesOf: (post: number) => readonly string[], now: number): number {
  const recent = publications.filter((one) => Date.parse(one.at) <= now && now - Date.parse(one.at) <= 7 * 86_400_000);
  return new Set(recent.map((one) => one.post).filter((post) => !categoriesOf(post).length)).size;
}

/** Categories recommended more than once within the seven days before `now`, most often first. */
export function crowded(publications: readonly Publication[], categoriesOf: (post: number) => readonly string[], now: number): { category: string; times: number }[] {
  const posts = new Map<string, Set<number>>();
  for (const one of publications) {
    const at = Date.parse(one.at);
    if (at > now || now - at > 7 * 86_400_000) continue;
    for (const category of categoriesOf(one.post)) posts.set(category, (posts.get(category) ?? new Set()).add(one.post));
  }
  return [...posts].map(([category, which]) => ({ category, times: which.size })).filter((one) => one.times > 1).sort((a, b) => b.times - a.times);
}
