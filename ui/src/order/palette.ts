import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import { formatMoney, formatWhen, type PaletteItem } from "../kit";
import { orderPath } from "./address";
import { goods } from "./words";

/** What can be done with orders from anywhere. */
export const commands = (): PaletteItem[] => [
  { id: "order-sync", title: t`同步订单`, note: t`所有店铺`, icon: "sync", words: "tongbu tb dingdan sync orders", run: (go) => go(orderPath({ act: "sync" })) },
  { id: "order-import", title: t`导入订单表格`, note: t`订单`, icon: "import", words: "daoru dr dingdan biaoge import orders", run: (go) => go(orderPath({ act: "import" })) },
  { id: "order-add", title: t`手记一单`, note: t`订单`, icon: "plus", words: "shouji yidan sjyd 新建 xinjian xj new order", run: (go) => go(orderPath({ act: "add" })) },
  { id: "order-connect", title: t`连接店铺`, note: t`订单`, icon: "plus", words: "lianjie lj dianpu connect shop 新建 xinjian xj new", run: (go) => go(orderPath({ act: "connect" })) },
];

/** Orders by their number: only asked for when what was typed has three figures or Latin letters in a row. */
export async function search(words: string): Promise<PaletteItem[]> {
  const text = words.trim();
  if (!/[0-9]{3}|[0-9A-Z]{4}/.test(text)) return [];
  const found = await unwrap(core.listOrders({ text, limit: 5 }));
  return found.map((order) => ({
    id: `order-${order.id}`, title: `${order.number}　${goods(order)}`, note: `${formatWhen(Date.parse(order.placed_at))} ${formatMoney(order.net, order.currency)}`, icon: "order", run: (go) => go(orderPath({ open: order.id })),
  }));
}
