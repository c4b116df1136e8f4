import { t } from "@lingui/core/macro";
import type { ReasonKind, ReviewField, Sensitivity } from "../ipc";
import type { Tone } from "../kit";

export const sensitivities: Sensitivity[] = ["price", "value", "brand"];
export const sensitivityWord = (one: Sensitivity) => ({ price: t`看价格`, value: t`看值不值`, brand: t`看品牌` })[one];

export const kinds: ReasonKind[] = ["bought_because", "returned_because", "sensitivity"];
export const kindWord = (kind: ReasonKind) => ({ bought_because: t`为什么买`, returned_because: t`为什么退`, sensitivity: t`在意什么` })[kind];
export const kindTone: Record<ReasonKind, Tone> = { bought_because: "sprout", returned_because: "persimmon", sensitivity: "sky" };
/** A label for people: those of sensitivity are price, value and brand. */
export const labelWord = (kind: ReasonKind, label: string) => (kind === "sensitivity" && sensitivities.includes(label as Sensitivity) ? sensitivityWord(label as Sensitivity) : label);

export const fields: ReviewField[] = ["text", "rating", "buyer", "on", "source", "reasons", "returned"];
export const fieldWord = (field: ReviewField) => ({ text: t`评价内容`, rating: t`评分`, buyer: t`谁说的`, on: t`哪天说的`, source: t`在哪儿说的`, reasons: t`为什么买`, returned: t`为什么退` })[field];
