import { t } from "@lingui/core/macro";
import type { Handle } from "./geometry";
import { type Edits, type Ink, same, type Spot, type Tone } from "./model";

export type Tool = "crop" | "straighten" | "tone" | "hide" | "mark" | "watermark";
/** In the order of the rail, with the key of each and what it changes. */
export const tools: { tool: Tool; key: string; of: (keyof Edits)[]; word: () => string }[] = [
  { tool: "crop", key: "C", of: ["crop", "turns", "flip"], word: () => t`裁剪` },
  { tool: "straighten", key: "S", of: ["straighten"], word: () => t`校正` },
  { tool: "tone", key: "T", of: ["tone"], word: () => t`调色` },
  { tool: "hide", key: "B", of: ["hidden"], word: () => t`打码` },
  { tool: "mark", key: "A", of: ["marks"], word: () => t`标注` },
  { tool: "watermark", key: "W", of: ["watermark"], word: () => t`水印` },
];
/** What tells two versions apart, in the words of the tools; empty when nothing does. */
export const apart = (a: Edits, b: Edits): string => tools.filter(({ of }) => of.some((field) => !same(a[field], b[field]))).map((one) => one.word()).join(t`、`);

export const ratios: { key: string; ratio: number | null; word: () => string }[] = [
  { key: "free", ratio: null, word: () => t`自由` },
  { key: "3:4", ratio: 3 / 4, word: () => "3:4" },
  { key: "1:1", ratio: 1, word: () => "1:1" },
  { key: "4:3", ratio: 4 / 3, word: () => "4:3" },
  { key: "9:16", ratio: 9 / 16, word: () => "9:16" },
  { key: "16:9", ratio: 16 / 9, word: () => "16:9" },
  { key: "2.35:1", ratio: 2.35, word: () => "2.35:1" },
];

export const tones: { key: keyof Tone; word: () => string }[] = [
  { key: "exposure", word: () => t`曝光` },
  { key: "contrast", word: () => t`对比度` },
  { key: "highlights", word: () => t`高光` },
  { key: "shadows", word: () => t`阴影` },
  { key: "temperature", word: () => t`色温` },
  { key: "tint", word: () => t`色调` },
  { key: "saturation", word: () => t`饱和` },
];

export const inks: { ink: Ink; colour: string; word: () => string }[] = [
  { ink: "white", colour: "#ffffff", word: () => t`白` },
  { ink: "black", colour: "#1c1c1a", word: () => t`黑` },
  { ink: "red", colour: "#e0442e", word: () => t`红` },
  { ink: "yellow", colour: "#ffd23f", word: () => t`黄` },
  { ink: "green", colour: "#3f8f5b", word: () => t`绿` },
  { ink: "blue", colour: "#2f6fd0", word: () => t`蓝` },
];
export const colourOf = (ink: Ink) => inks.find((one) => one.ink === ink)?.colour ?? "#ffffff";
/** What is seen on a colour and around it. */
export const against = (ink: Ink) => (ink === "white" || ink === "yellow" ? "#1c1c1a" : "#ffffff");

export const spots: { value: Spot; word: () => string }[] = [
  { value: "top_left", word: () => t`左上` },
  { value: "top_right", word: () => t`右上` },
  { value: "middle", word: () => t`正中` },
  { value: "bottom_left", word: () => t`左下` },
  { value: "bottom", word: () => t`底部` },
  { value: "bottom_right", word: () => t`右下` },
  { value: "tiled", word: () => t`满铺` },
];

export const handleWord = (handle: Handle): string => ({
  n: t`上边`, s: t`下边`, w: t`左边`, e: t`右边`, nw: t`左上角`, ne: t`右上角`, sw: t`左下角`, se: t`右下角`,
})[handle];

/** Every key the editor answers to. */
export const editorKeys = (): [string, [string, string][]][] => [
  [t`工具`, tools.map((one): [string, string] => [one.key, one.word()])],
  [t`裁剪框`, [["←→↑↓", t`挪动框或手柄，按住 Shift 走大步`], ["Tab", t`到下一个手柄`]]],
  [t`打码和标注`, [["[", t`画笔细一点`], ["]", t`画笔粗一点`], ["Enter", t`在光标处盖一下、放一个`], ["Delete", t`删掉选中的标注`]]],
  [t`都能用`, [["mod+Z", t`撤销`], ["mod+Shift+Z", t`重做`], ["\\", t`按住看原图`], ["Esc", t`放开选中的，再按关上；改动都已保存`]]],
];
