import { t } from "@lingui/core/macro";
import type { Acquired, Flaw, Photo, Trial, Verdict } from "../ipc";
import { formatMoney, formatWhen, type Tone } from "../kit";

export const ways: Acquired[] = ["bought", "sample", "borrowed", "gift"];
export const wayWord = (way: Acquired) => ({ bought: t`自购`, sample: t`品牌寄样`, borrowed: t`借用`, gift: t`别人送的` })[way];

export const verdicts: Verdict[] = ["recommend", "mixed", "reject"];
export const verdictWord = (verdict: Verdict) => ({ recommend: t`推荐`, mixed: t`看人`, reject: t`不推荐` })[verdict];
export const verdictTone: Record<Verdict, Tone> = { recommend: "sprout", mixed: "amber", reject: "persimmon" };

export const severities = [1, 2, 3] as const;
export const severityWord = (severity: number) => (severity <= 1 ? t`小毛病` : severity >= 3 ? t`劝退` : t`影响使用`);
export const severityTone = (severity: number): Tone => (severity <= 1 ? "plain" : severity >= 3 ? "persimmon" : "amber");

/** 每天, 隔天, 每 7 天, 不提醒 */
export const rhythmWord = (days: number) => (days === 0 ? t`不提醒` : days === 1 ? t`每天` : days === 2 ? t`隔天` : t`每 ${days} 天`);

/** 未付费, ¥129, or what is missing, as the ad law wants it to be said. */
export const paidWord = ({ paid, currency }: Pick<Trial, "paid" | "currency">) => (paid === null ? t`没写花了多少` : paid === 0 ? t`未付费` : formatMoney(paid, currency));

/** When and with what a photo was taken, or that nobody knows. */
export const takenWord = (photo: Photo | undefined) => [photo?.taken_at ? formatWhen(Date.parse(photo.taken_at), "full") : t`没有拍摄时间`, photo?.camera].filter(Boolean).join(" · ");

/** Standing shortcomings: what must be said before any praise. */
export const standing = (flaws: readonly Flaw[]) => flaws.filter((flaw) => flaw.resolved_on === null);
