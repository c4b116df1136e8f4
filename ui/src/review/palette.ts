import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import type { PaletteItem } from "../kit";

/** What can be done with reviews from anywhere. */
export const commands = (): PaletteItem[] => [
  { id: "review", title: t`看全部评价`, note: t`评价`, icon: "list", words: "pingjia pj reviews", run: (go) => go("/review") },
  { id: "review-paste", title: t`贴进买家的反馈`, note: t`评价`, icon: "copy", words: "tie fankui tfk paste feedback review", run: (go) => go("/review?paste") },
  { id: "review-rules", title: t`改认原因的词`, note: t`评价`, icon: "filter", words: "yuanyin guize yygz rules reasons", run: (go) => go("/review?rules") },
];

/** Reviews by their words; they open on their product's page. */
export async function search(words: string): Promise<PaletteItem[]> {
  const hits = await unwrap(core.search(words, ["review"], 5));
  if (hits.length === 0) return [];
  const products = new Map((await unwrap(core.listReviews(null))).map((review) => [review.id, review.product]));
  return hits.flatMap((hit) => {
    const product = products.get(hit.id);
    return product ? [{ id: `review-${hit.id}`, title: hit.snippet, note: t`评价`, icon: "list" as const, run: (go: (path: string) => void) => go(`/product/${product}`) }] : [];
  });
}
