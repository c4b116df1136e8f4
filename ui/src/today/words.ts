import { t } from "@lingui/core/macro";
import type { Todo } from "../ipc";
import { dayToMs, formatWhen, type Tone } from "../kit";

/** What a todo asks for: the chip on its picture, the sentence, the one button and where it leads. */
export type Ask = { kind: string; tone: Tone; why: string; act: string; path: string };

export function ask({ kind, id, about, days, missing }: Todo): Ask {
  switch (kind) {
    case "trial_day": return { kind: t`试用`, tone: "sprout", why: t`${missedDays(missing)}没有记录，补一句或放一张照片，证据就接上了`, act: t`补记`, path: `/trial/${id}?late=${missing.at(-1) ?? ""}` };
    case "trial_end": return { kind: t`该下结论了`, tone: "amber", why: t`说好的日子过了 ${days} 天，缺点先写上，再说推不推荐`, act: t`下结论`, path: `/trial/${id}?finish` };
    case "draft": return { kind: t`草稿`, tone: "plain", why: days > 0 ? t`${days} 天前写到一半` : t`今天写到一半`, act: t`接着写`, path: `/post/${id}` };
    case "unpublished": return { kind: t`等你发`, tone: "sky", why: days > 0 ? t`打好包 ${days} 天了，还没发出去` : t`今天打好了包，亲手发出去吧`, act: t`去发布`, path: "/publication" };
    case "receipt": return { kind: t`要回执`, tone: "amber", why: days > 0 ? t`发出去 ${days} 天了，贴回链接，订单才对得上` : t`今天发出去了，贴回链接，订单才对得上`, act: t`贴链接`, path: `/publication/${id || about}` };
  }
}

/** The days that are missing, the last three by name: 11 月 18 日、19 日、20 日等 5 天. */
function missedDays(missing: readonly string[]): string {
  const names = missing.slice(-3).map((day) => formatWhen(dayToMs(day))).join(t`、`);
  return missing.length > 3 ? t`${names} 等 ${missing.length} 天` : `${names} `;
}

/** 11 月 22 日星期日 */
export const dayWords = (at: number, locale: string) => [formatWhen(at), new Intl.DateTimeFormat(locale, { weekday: "long" }).format(at)].join(locale === "en" ? ", " : "");

export function greeting(hour: number): string {
  if (hour < 5) return t`夜深了`;
  if (hour < 11) return t`早上好`;
  if (hour < 13) return t`中午好`;
  if (hour < 18) return t`下午好`;
  return t`晚上好`;
}
