import { t } from "@lingui/core/macro";
import { commands as core, photoUrl, unwrap } from "../ipc";
import type { PaletteItem } from "../kit";

/** What can be done with products from anywhere. */
export const commands = (): PaletteItem[] => [
  { id: "product-add", title: t`放进一件好物`, note: t`好物`, icon: "plus", words: "jia haowu jhw add product 新建 xinjian xj new", run: (go) => go("/product?add") },
];

/** Products by their name, brand or category; pinyin is the index's work. */
export async function search(words: string): Promise<PaletteItem[]> {
  const hits = await unwrap(core.search(words, ["product"], 8));
  if (hits.length === 0) return [];
  const covers = new Map((await Promise.all(hits.map((hit) => unwrap(core.getProduct(hit.id)).catch(() => undefined)))).map((product) => [product?.id, product?.cover]));
  return hits.map((hit) => {
    const cover = covers.get(hit.id);
    return { id: `product-${hit.id}`, title: hit.title, note: t`好物`, icon: "product", picture: typeof cover === "number" ? photoUrl(cover, "thumb") : undefined, run: (go) => go(`/product/${hit.id}`) };
  });
}
