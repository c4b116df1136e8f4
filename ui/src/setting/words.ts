import { t } from "@lingui/core/macro";
import type { Allow, Counting, LinkPolicy } from "../ipc";
import { daysBetween, dayToMs, type Tone } from "../kit";

/** A rule pack's figure older than this is no longer to be trusted without a look. */
const staleDays = 90;

/** Whether a figure was last checked (a local day, "2026-11-22") more than 90 days before `now`. */
export const isStale = (checkedOn: string, now = Date.now()) => daysBetween(dayToMs(checkedOn), now) > staleDays;

export const fieldWords = (field: string): string =>
  ({ title: t`标题`, body: t`正文`, html: t`排版后的正文`, images: t`图片`, topics: t`话题`, digest: t`摘要` })[field] ?? field;

/** How the platform counts, for people. */
export const countingWords = (counting: Counting | null): string =>
  counting === null ? "" : { chars: t`一个字算一个`, utf16: t`按网页输入框的数法`, xhs: t`汉字算一个，英文数字算半个`, twitter_weighted: t`汉字算两个，网址一律 23`, threads: t`表情按字节算` }[counting];

export type Way = "text_link" | "qr" | "word" | "coupon" | "contact" | "card";

/** The six ways to lead somebody to buy, in the order a platform's rule text has them. */
export const ways = (): [Way & keyof LinkPolicy, string][] => [
  ["text_link", t`文字里放网址`], ["qr", t`二维码`], ["word", t`口令`], ["coupon", t`优惠码`], ["contact", t`联系方式`], ["card", t`平台自己的商品卡`],
];

export const allowWords = (allow: Allow): { text: string; tone: Tone } =>
  ({ yes: { text: t`可以`, tone: "sprout" as const }, no: { text: t`不可以`, tone: "persimmon" as const }, unverified: { text: t`未核实`, tone: "amber" as const } })[allow];
