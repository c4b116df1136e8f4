import { t } from "@lingui/core/macro";
import type { Acquired, Verdict } from "../ipc";
import type { Tone } from "../kit";

export const ways: Acquired[] = ["bought", "sample", "borrowed", "gift"];
export const wayWord = (way: Acquired) => ({ bought: t`自购`, sample: t`品牌寄样`, borrowed: t`借用`, gift: t`别人送的` })[way];

export const verdicts: Verdict[] = ["recommend", "mixed", "reject"];
export const verdictWord = (verdict: Verdict) => ({ recommend: t`推荐`, mixed: t`看人`, reject: t`不推荐` })[verdict];
export const verdictTone: Record<Verdict, Tone> = { recommend: "sprout", mixed: "amber", reject: "persimmon" };
