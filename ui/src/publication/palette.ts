import { t } from "@lingui/core/macro";
import type { PaletteItem } from "../kit";

export const commands = (): PaletteItem[] => [
  { id: "publication-add", title: t`记一次发布`, note: t`发布`, icon: "publication", words: "jiyicifabu jycfb publish record 新建 xinjian xj new", run: (go) => go("/publication?add=true") },
];
