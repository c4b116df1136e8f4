import { t } from "@lingui/core/macro";
import type { Allow, LinkKind } from "../ipc";

export const kindWords = (kind: LinkKind) => ({ url: t`文字链接`, qr: t`二维码`, coupon: t`优惠码`, word: t`口令`, card: t`商品卡`, note: t`笔记编号` })[kind];

/** What a kind is for, in one sentence. */
export const kindMeaning = (kind: LinkKind) => ({
  url: t`能点的链接，带着这篇的编号。`,
  qr: t`扫了就到，适合图里和线下。`,
  coupon: t`买家下单时填的码，码就是这篇的编号。`,
  word: t`复制一段话，打开商城就到。`,
  card: t`平台自己的商品卡，编号写在推广位里。`,
  note: t`文中什么都不放，靠平台的笔记编号对上订单。`,
})[kind];

export const allowWords = (allow: Allow) => ({ yes: t`可以`, no: t`不可以`, unverified: t`未核实` })[allow];
