import type { Credit, Order, OrderFilter, Shop, SyncRun } from "../ipc";
import type { Preview } from "../ipc/fake";

const full = !location.search.includes("empty");
const shop = (id: number, kind: Shop["kind"], name: string, orders: number, more: Partial<Shop> = {}): Shop => ({
  id, kind, name, url: `https://shop${id}.example.com`, secret_place: "key_store", last_synced_at: "2026-11-22T09:58:00+08:00", last_error: "", last_run: null, orders, by_hand: false, ...more,
});
const shops: Shop[] = full ? [
  shop(1, "vendure", "小鹿的店", 8214),
  shop(2, "woocommerce", "草木手作", 1906, { last_error: "「草木手作」没有回答（已重试 4 次）。上次之前的订单都在，网络好了再点一次同步。" }),
  shop(3, "file", "抖店", 2360, { last_synced_at: "2026-11-20T20:10:00+08:00", secret_place: "missing" }),
  shop(4, "file", "手记", 2, { by_hand: true, secret_place: "missing" }),
] : [];

const things = [["云感防晒乳 50 ml", 12900], ["小麦啤酒 6 支", 8600], ["懒人桌面绿植", 7900], ["换季厚涂面霜", 26300], ["手冲挂耳咖啡 20 包", 6800]] as const;
const states = ["settled", "received", "paid", "paid", "refunded", "received", "invalid", "created"] as const;

function order(nth: number): Order {
  const [title, price] = things[nth % things.length]!;
  const status = states[(nth * 7) % states.length]!;
  const quantity = nth % 6 === 0 ? 2 : 1;
  const gross = price * quantity + (nth % 9 === 0 ? 4500 : 0);
  const refunded = status === "refunded" ? gross : nth % 23 === 0 ? Math.round(gross / 3) : 0;
  const shop = shops[nth % 11 === 0 ? 1 : nth % 5 === 0 ? 2 : 0]!;
  const tags: Order["tags"] = nth % 4 === 3 ? {} : nth % 4 === 2 ? { coupons: ["XIAOLU10"] } : nth % 4 === 1 ? { note_id: "674f1c2e00000000070" } : { utm_source: "wechat_article", utm_medium: "post", utm_campaign: "fangshai", utm_content: "K7Q2A3" };
  return {
    id: 12480 - nth, shop: shop.id, shop_name: shop.name, number: `${shop.id === 3 ? "69271" : "T2026"}${String(11220480 - nth * 37)}`, status, source_status: { settled: "Delivered", refunded: "Refunded" }[status as string] ?? "", placed_at: new Date(Date.parse("2026-11-22T10:00:00+08:00") - nth * 2_950_000).toISOString(),
    gross, refunded, net: status === "invalid" ? 0 : gross - refunded, currency: "CNY", commission_estimated: Math.round(gross * 0.12), commission_settled: status === "settled" ? Math.round(gross * 0.11) : null,
    lines: [{ id: nth * 2, sku: `FS-${100 + (nth % 5)}`, title, product: nth % 7 ? 1 : null, quantity, amount: price * quantity, refunded }, ...(nth % 9 === 0 ? [{ id: nth * 2 + 1, sku: "GIFT-01", title: "旅行装", product: null, quantity: 1, amount: 4500, refunded: 0 }] : [])],
    refunds: refunded ? [{ amount: refunded, state: "已到账", reason: "比图上小", at: "2026-11-21T15:20:00+08:00" }] : [], tags, by_hand: false,
  };
}
const all = Array.from({ length: full ? 12480 : 0 }, (_, nth) => order(nth));
const matching = ({ shop, status, text, from, to }: OrderFilter) => all.filter((one) => (!shop || one.shop === shop) && (!status || one.status === status) && (!text || one.number.includes(text)) && (!from || one.placed_at >= from) && (!to || one.placed_at.slice(0, 10) <= to));

const sorted = (some: Order[], { sort = "placed", ascending = false }: OrderFilter) => {
  const value = (one: Order) => ({ placed: one.placed_at, number: one.number, shop: one.shop_name, status: one.status, refunded: one.refunded, net: one.net })[sort];
  return some.toSorted((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * (ascending ? 1 : -1));
};

const credit = (order: number): Credit[] => {
  const one = all.find((each) => each.id === order);
  if (!one || Object.keys(one.tags).length === 0) return [];
  const [tier, why] = one.tags.utm_content ? ["A", "订单的 utm_content 是 K7Q2A3，正是这篇在「公众号文章 · 小鹿手记」的专属链接（A 级）；末次触达，记全部。"] as const
    : one.tags.coupons ? ["A", "订单的 优惠码是 XIAOLU10，正是这篇在「小红书 · 小鹿」的专属优惠码（A 级）；末次触达，记全部。"] as const
    : ["B", "订单的 笔记编号是 674f1c2e00000000070，正是这篇在「小红书 · 小鹿」发布的笔记（B 级）；末次触达，记全部。"] as const;
  return one.lines.map((line) => ({ line: line.id, order, post: 1, post_title: "通勤防晒，清爽但会搓泥", channel: 1, channel_name: "小红书 · 小鹿", link: 1, tier, credit: 1, why }));
};
const runs: SyncRun[] = Array.from({ length: 12 }, (_, nth) => ({
  id: nth, shop: 1, started_at: new Date(Date.parse("2026-11-22T09:58:00+08:00") - nth * 86_000_000).toISOString(), duration_ms: 1800 + nth * 240, new: 14 - nth, updated: nth, unchanged: 180, refunds: nth % 3, erased: 0, pages: 3, retries: nth === 2 ? 2 : 0, error: nth === 2 ? "店铺 30 秒没有回答，重试后接着取完了。" : "",
}));

/** Fake replies for `npm run dev`: 12,480 orders of three shops. */
export const preview: Preview = {
  list_shops: () => shops,
  create_shop: ({ input }) => { const made = { ...shop(shops.length + 1, "vendure", (input as Shop).name, 0), ...(input as object), key: undefined, secret: undefined }; shops.push(made); return made; },
  try_shop: () => new Promise((done) => setTimeout(() => done({ orders: 1524 }), 1200)),
  try_shop_change: () => new Promise((done) => setTimeout(() => done({ orders: 1524 }), 1200)),
  remove_shop: ({ id }) => { shops.splice(shops.findIndex((one) => one.id === id), 1); return null; },
  sync_shops: () => new Promise((done) => setTimeout(() => done({ shops: [{ id: 1, kind: "vendure", name: "小鹿的店", new: 12, updated: 3, unchanged: 180, refunds: 1, erased: 0, pages: 3, retries: 0, duration_ms: 2100, error: null }] }), 1500)),
  list_syncs: () => runs,
  list_orders: ({ filter }) => { const { offset = 0, limit } = filter as OrderFilter; return sorted(matching(filter as OrderFilter), filter as OrderFilter).slice(offset, limit ? offset + limit : undefined); },
  count_orders: ({ filter }) => matching(filter as OrderFilter).length,
  get_order: ({ id }) => all.find((one) => one.id === id),
  add_order: ({ input }) => ({ ...order(0), id: 99_999, number: "手记-2026-11-22-1", lines: [], net: (input as { amount: number }).amount }),
  list_order_credits: ({ orders }) => (orders as number[]).flatMap((id) => credit(id).slice(0, 1)),
  list_credits: ({ order }) => credit(order as number),
  list_order_formats: () => [{ name: "taobao_tbk", title: "淘宝联盟 订单明细", source: "" }, { name: "doudian", title: "抖店 订单", source: "" }],
  import_orders: () => ({ format: "doudian", rows: 214, new: 186, updated: 9, unchanged: 16, refused: [{ row: 88, reason: "没有订单编号" }, { row: 140, reason: "金额「待定」不是数字" }, { row: 215, reason: "合计行" }], warned: ["没见过「风控审核中」这种状态（从第 7 行起共 2 行）：有付款或结算时间的按已付款算，没有的先不算钱。原词都留着。"] }),
};
