import { t } from "@lingui/core/macro";
import type { PriceKind, Stage } from "../ipc";
import type { Tone } from "../kit";

/** The stages in the order a product goes through them. */
export const stages: Stage[] = ["candidate", "trial", "recommended", "retired", "rejected"];
export const stageWord = (stage: Stage) => ({ candidate: t`候选`, trial: t`试用中`, recommended: t`推荐`, retired: t`下架`, rejected: t({ context: "stage", message: "淘汰" }) })[stage];
export const stageTone: Record<Stage, Tone> = { candidate: "plain", trial: "sky", recommended: "sprout", retired: "plain", rejected: "persimmon" };

export const priceKinds: PriceKind[] = ["paid", "promo", "list", "msrp", "other"];
export const priceWord = (kind: PriceKind) => ({ paid: t`到手价`, promo: t`活动价`, list: t`划线价`, msrp: t`厂商建议零售价`, other: t`其他` })[kind];
