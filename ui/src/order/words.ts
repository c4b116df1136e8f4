import { t } from "@lingui/core/macro";
import type { Order, Place, Shop, ShopKind, Status, Tags } from "../ipc";
import type { Tone } from "../kit";

export const statuses: Status[] = ["created", "paid", "received", "settled", "refunded", "invalid", "unknown"];

export function statusWords(status: Status): { text: string; tone: Tone } {
  const words: Record<Status, { text: string; tone: Tone }> = {
    created: { text: t`待付款`, tone: "plain" }, paid: { text: t`已付款`, tone: "sprout" }, received: { text: t`已收货`, tone: "sprout" },
    settled: { text: t`已结算`, tone: "sprout" }, invalid: { text: t`已失效`, tone: "plain" }, refunded: { text: t`已退款`, tone: "persimmon" }, unknown: { text: t`没认出来`, tone: "amber" },
  };
  return words[status];
}

export const kindWords = (kind: ShopKind): string => ({ vendure: "Vendure", woocommerce: "WooCommerce", file: t`从文件导入` })[kind];

/** What the amount of an order is: paid, or not. Of one that was called off, only what was given back had been paid. */
export function paidWords(order: Order): string {
  if (order.status === "created") return t`要付，还没付`;
  if (order.status === "invalid" && order.refunded < order.gross) return t`标的价，没有成交`;
  return t`付了`;
}

/** What an expected commission still is. */
export function promised(order: Order): string {
  if (order.status === "created") return t`预估佣金，付了才算`;
  if (order.status === "invalid" || order.status === "refunded" || (order.refunded > 0 && order.refunded >= order.gross)) return t`预估佣金，已不作数`;
  return t`预估佣金`;
}

/** What a shop is, where orders entered by hand are none. */
export const shopWords = (shop: Pick<Shop, "kind" | "by_hand">): string => (shop.by_hand ? t`一单一单手记的` : kindWords(shop.kind));

/** Where a shop's key is kept, as a sentence. */
export const placeWords = (place: Place): string => ({
  key_store: t`密钥在系统的钥匙串里`, environment: t`密钥来自环境变量`, session: t`这台电脑没有钥匙串，密钥只记到关窗`, missing: t`密钥不在这台电脑上。断开后重新连接，订单会再同步回来`,
})[place];

/** The tags of an order as it carries them, each with its name; only those that are there. */
export function tagList(tags: Tags): [string, string][] {
  const all: [string, string | undefined][] = [
    [t`优惠码`, tags.coupons?.join("、")], ["utm_content", tags.utm_content], ["utm_campaign", tags.utm_campaign], ["utm_source", tags.utm_source], ["utm_medium", tags.utm_medium],
    [t`笔记编号`, tags.note_id], [t`推广位`, tags.placement], [t`落地页`, tags.landing],
  ];
  return all.filter((one): one is [string, string] => Boolean(one[1]));
}

/** What was bought, in one line: the first line's title, how many of it, how many more lines. */
export function goods(order: Order): string {
  const [first] = order.lines;
  if (!first) return t`没有明细`;
  const name = first.quantity > 1 ? `${first.title} × ${first.quantity}` : first.title;
  return order.lines.length > 1 ? t`${name} 等 ${order.lines.length} 样` : name;
}
