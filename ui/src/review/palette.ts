import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import type { PaletteItem } from "../kit";

/** What can be done with reviews from anywhere. */
export const commands = (): PaletteItem[] => [
  { id: "review", title: t`看全部评价`, note: t`评价`, icon: "list", words: "pingjia pj reviews", run: (go) => go("/review") },
  { id: "review-paste", title: t`贴进买家的反馈`, note: t`评价`, icon: "copy", words: "tie fankui tfk paste feedback review", run: (go) => go("/review?paste") },
  { id: "review-rules", title: t`改认原因的词`, note: t`评价`, icon: "filter", words: "yuanyin guize yygz rules reasons", run: (go) => go("/review?rules") },
];

/** Reviews by their words; the page opens with that voice in sight. */
export async function search(words: string): Promise<PaletteItem[]> {
  const hits = await unwrap(core.search(words, ["review"], 5));
  return hits.map((hit) => ({ id: `review-${hit.id}`, title: hit.snippet, note: t`评价`, icon: "list", run: (go) => go(`/review?show=${hit.id}`) }));
}
