import { t } from "@lingui/core/macro";
import type { CompositionKind, CompositionNote } from "../ipc";

export const kinds: CompositionKind[] = ["grid", "pair", "long", "card", "cover"];

export function kindWord(kind: CompositionKind): string {
  return { grid: t`拼图`, pair: t`前后`, long: t`长图`, card: t`文字`, cover: t`封面` }[kind];
}

/** Keeps the picture from being kept. */
export const blocks = (note: CompositionNote) => note.kind === "empty" || note.kind === "gone" || note.kind === "unreadable";

/** A note in the language of the window. */
export function noteWord(note: CompositionNote): string {
  const nth = note.slots.map((slot) => slot + 1).join(t`、`);
  const [first = 0, second = 0] = note.slots.map((slot) => slot + 1);
  switch (note.kind) {
    case "empty": return t`还差 ${note.what} 张照片`;
    case "extra": return t`后面 ${note.what} 张没有放进去，换一个版式就有地方`;
    case "gone": return t`第 ${nth} 张已经不在素材里，请换一张`;
    case "unreadable": return t`第 ${nth} 张打不开，请换一张`;
    case "letters": return t`这些字画不出来，图上没有：${note.what}`;
    case "order": return t`第 ${first} 张拍得比第 ${second} 张晚，前后可能放反了`;
    case "undated": return t`第 ${nth} 张没有拍摄时间，图上不写日期`;
    case "cut": return t`文字放不下，末尾没有画出来`;
    case "pages": return t`一共 ${note.what} 页，小红书一篇最多 18 张`;
    case "soft": return t`第 ${nth} 张像素不够，会有点糊`;
  }
}

/** Every key the studio answers to. */
export const studioKeys = (): [string, [string, string][]][] => [
  [t`在一张照片上`, [["Tab", t`到下一张`], ["←→↑↓", t`移位置，按住 Shift 走大步`], ["=", t`放大`], ["-", t`缩小`], ["Alt+←→", t`和前一张、后一张换位置`], ["Enter", t`选上它，空格子里放一张`], ["Delete", t`拿掉`], ["Esc", t`放开`]]],
  [t`都能用`, [["mod+Z", t`撤销`], ["mod+Shift+Z", t`重做`], ["mod+S", t`存进素材`]]],
];
