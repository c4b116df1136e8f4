import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import { findWords, type PaletteItem } from "../kit";

/** What can be done with trials from anywhere. */
export const commands = (): PaletteItem[] => [
  { id: "trial-start", title: t`开始试用`, note: t`试用`, icon: "plus", words: "kaishi shiyong kssy start trial 新建 xinjian xj new", run: (go) => go("/trial?start") },
];

/** Trials by their product and by what their days say. */
export async function search(words: string): Promise<PaletteItem[]> {
  const hits = await unwrap(core.search(words, ["trial"], 6));
  return hits.map((hit) => ({ id: `trial-${hit.id}`, title: hit.title, note: hit.snippet || t`试用`, icon: "trial", run: (go) => go(`/trial/${hit.id}?find=${encodeURIComponent(findWords(hit.snippet, words))}`) }));
}
