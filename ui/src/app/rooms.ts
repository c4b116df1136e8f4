import type { MessageDescriptor } from "@lingui/core";
import type { CompiledMessage } from "@lingui/message-utils/compileMessage";
import { msg } from "@lingui/core/macro";
import type { IconName, PaletteSource } from "../kit";

/** The ten rooms in the order of the navigation; a room's folder, icon and path carry the same word. */
export const rooms: { name: IconName & Room; path: string; title: MessageDescriptor; words: string }[] = [
  { name: "today", path: "/", title: msg`今日`, words: "jinri jr today" },
  { name: "product", path: "/product", title: msg`好物`, words: "haowu hw product" },
  { name: "trial", path: "/trial", title: msg`试用`, words: "shiyong sy trial" },
  { name: "photo", path: "/photo", title: msg`素材`, words: "sucai sc photo" },
  { name: "post", path: "/post", title: msg`写作`, words: "xiezuo xz post" },
  { name: "publication", path: "/publication", title: msg`发布`, words: "fabu fb publication" },
  { name: "link", path: "/link", title: msg`链接`, words: "lianjie lj link" },
  { name: "order", path: "/order", title: msg`订单`, words: "dingdan dd order" },
  { name: "report", path: "/report", title: msg`洞察`, words: "dongcha dc report" },
  { name: "setting", path: "/setting", title: msg`设置`, words: "shezhi sz setting" },
];

/** The key that goes to the nth room: mod+1 … mod+9, mod+0 for the tenth. */
export const roomKey = (nth: number) => `mod+${(nth + 1) % 10}`;

export type Room = "today" | "product" | "trial" | "photo" | "post" | "publication" | "link" | "order" | "report" | "setting";

const byRoom = <T>(found: Record<string, T>) => Object.entries(found).map(([path, module]) => [path.split("/")[1] ?? "", module] as const);

/** `badge.ts` of a room: a hook with the count beside its name in the navigation. The list is fixed at build time, so the hooks keep their order. */
export const badges = byRoom(import.meta.glob<{ useBadge: () => number | undefined }>("../*/badge.ts", { eager: true }));

/** `palette.ts` of a room: its commands and its search. */
export const paletteSources = byRoom(import.meta.glob<PaletteSource>("../*/palette.ts", { eager: true }));

/** `foot.ts` of a room: a hook with the name of the open workspace. */
export const feet = byRoom(import.meta.glob<{ useWorkspaceName: () => string | undefined }>("../*/foot.ts", { eager: true }));

/** `en.po` of every room. */
export const englishWords = () => Promise.all(Object.values(import.meta.glob<{ messages: Record<string, CompiledMessage> }>("../*/en.po")).map((load) => load()));
