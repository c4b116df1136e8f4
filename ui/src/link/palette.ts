import { t } from "@lingui/core/macro";
import type { PaletteItem } from "../kit";

export const commands = (): PaletteItem[] => [
  { id: "link-create", title: t`做一条链接`, note: t`链接`, icon: "link", words: "zuoyitiaolianjie zytlj link create tag utm", run: (go) => go("/link?add=true") },
];
