import { t } from "@lingui/core/macro";
import type { Todo } from "../ipc";
import { formatWhen, type Tone } from "../kit";

/** What a todo asks for: the chip on its picture, the sentence, the one button and where it leads. */
export type Ask = { kind: string; tone: Tone; why: string; act: string; path: string };

export function ask({ kind, id, about, days }: Todo): Ask {
  switch (kind) {
    case "trial_day": return { kind: t`试用`, tone: "sprout", why: t`${days} 天没有记录，补一句或放一张照片，证据就接上了`, act: t`补记`, path: `/trial/${id}` };
    case "draft": return { kind: t`草稿`, tone: "plain", why: days > 0 ? t`${days} 天前写到一半` : t`今天写到一半`, act: t`接着写`, path: `/post/${id}` };
    case "unpublished": return { kind: t`等你发`, tone: "sky", why: days > 0 ? t`打好包 ${days} 天了，还没发出去` : t`今天打好了包，亲手发出去吧`, act: t`去发布`, path: "/publication" };
    case "receipt": return { kind: t`要回执`, tone: "amber", why: days > 0 ? t`发出去 ${days} 天了，贴回链接，订单才对得上` : t`今天发出去了，贴回链接，订单才对得上`, act: t`贴链接`, path: `/publication/${id || about}` };
  }
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
