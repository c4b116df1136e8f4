import type { DayTotal, Period, Report, Row } from "../ipc";
import type { Preview } from "../ipc/fake";

const full = !location.search.includes("empty");
const row = (id: number, title: string, note: string, orders: number, net: number, refunded: number, tiers: [number, number, number, number]): Row => ({
  id, title, note, cover: id * 13, orders, gross: net + refunded, refunded, net, currency: "CNY", commission_estimated: Math.round(net * 0.12), commission_settled: Math.round(net * 0.07), tiers: { A: tiers[0], B: tiers[1], C: tiers[2], D: { credit: tiers[3], low: 0, high: tiers[3] } },
});
const rows: Record<string, Row[]> = {
  posts: [
    row(1, "通勤防晒，清爽但会搓泥", "小红书 · 小鹿、公众号文章 · 小鹿手记", 46, 593400, 26600, [20, 12, 6, 8]), row(4, "换季厚涂，干皮的两支对比", "公众号文章 · 小鹿手记", 17, 447100, 28100, [15, 0, 0, 2]),
    row(2, "一个人喝刚好的小麦，偏甜", "微信群 · 妈妈三群、微博 · 小鹿", 38, 326800, 0, [26, 5, 0, 7]), row(3, "懒人也能养活的桌面绿植", "抖音 · 小鹿试给你看", 33, 260700, 35900, [4, 19, 3, 7]),
    row(5, "挂耳咖啡七天，第三天开始嫌酸", "小红书 · 小鹿", 9, 61200, 0, [2, 7, 0, 0]), row(6, "前台立牌：这三样我自己也买", "门店立牌 · 前台立牌", 3, 38700, 12900, [3, 0, 0, 0]),
  ],
  channels: [row(1, "小红书 · 小鹿", "", 58, 684000, 41000, [18, 38, 0, 2]), row(2, "公众号文章 · 小鹿手记", "", 41, 612000, 28100, [39, 0, 0, 2]), row(3, "微信群 · 妈妈三群", "", 27, 264000, 8600, [20, 0, 7, 0])],
  products: [row(1, "云感防晒乳", "", 61, 786900, 39500, [0, 0, 0, 0]), row(2, "小麦啤酒", "", 44, 378400, 0, [0, 0, 0, 0]), row(3, "桌面绿植", "", 41, 323900, 35900, [0, 0, 0, 0])],
};
const report = (by: string): Report => full
  ? { rows: rows[by] ?? [], as_of: "2026-11-22T09:58:00+08:00", totals: [{ currency: "CNY", orders: 188, gross: 1985000, refunded: 120800, net: 1864200, commission_estimated: 210400, commission_settled: 137700, tiers: { A: 70, B: 51, C: 9, D: { credit: 16, low: 0, high: 16 } }, unknown: 42 }], unknown: { orders: 42, untagged: 30, foreign: 12, money: [{ currency: "CNY", orders: 42, net: 361200 }] } }
  : { rows: [], as_of: null, totals: [], unknown: { orders: 0, untagged: 0, foreign: 0, money: [] } };
const days: DayTotal[] = full ? Array.from({ length: 22 }, (_, nth) => ({ on: `2026-11-${String(nth + 1).padStart(2, "0")}`, currency: "CNY", orders: 4 + (nth % 7), net: 40000 + Math.round(38000 * (1 + Math.sin(nth / 2.4))) + (nth === 10 ? 90000 : 0), refunded: nth % 6 === 3 ? 12900 + nth * 500 : 0 })).filter((_, nth) => nth !== 16) : [];

/** Fake replies for `npm run dev`. */
export const preview: Preview = {
  get_report: ({ by }) => report(by as string),
  get_daily: ({ period }) => days.filter((day) => !(period as Period).from || day.on >= ((period as Period).from ?? "")),
};
