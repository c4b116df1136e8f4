import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import type { PaletteItem } from "../kit";
import { answers } from "./api";

export const commands = (): PaletteItem[] => [
  { id: "link-create", title: t`做一条链接`, note: t`链接`, icon: "link", words: "zuoyitiaolianjie zytlj link create tag utm 新建 xinjian xj new", run: (go) => go("/link?add=true") },
];

/** Links by their code, coupon, product, post or channel. */
export async function search(words: string): Promise<PaletteItem[]> {
  const found = (await unwrap(core.listLinks({}))).filter((link) => answers(link, words.trim()));
  return found.slice(0, 6).map((link) => ({ id: `link-${link.id}`, title: `${link.code}　${link.product_name}`, note: `${t`链接`} · ${link.channel_name}`, icon: "link", run: (go) => go(`/link?show=${link.id}`) }));
}
