import type { Price, Product, ProductPatch, ProductSummary } from "../ipc";
import type { Preview } from "../ipc/fake";

const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const named: [string, string, string, number, Product["stage"]][] = [
  ["云感防晒乳 50 ml", "屿光", "防晒", 12900, "trial"], ["小麦精酿 330 ml", "麦田里", "酒水", 1890, "recommended"], ["桌面绿植 文竹", "一盆", "绿植", 3900, "recommended"],
  ["厚棉家居袜 五双", "棉里", "家居", 4900, "candidate"], ["山茶花护手霜", "屿光", "护手", 5800, "rejected"], ["手冲咖啡豆 耶加雪菲", "早八", "咖啡", 8800, "trial"],
  ["亚麻晨间笔记本", "纸上", "文具", 4200, "recommended"], ["无线静音鼠标", "指间", "数码", 9900, "retired"], ["低糖桃子果酱", "果园记", "食品", 3200, "candidate"],
];
const make = (id: number): ProductSummary => {
  const [name, brand, category, price, stage] = named[(id - 1) % named.length] ?? ["好物", "", "", 100, "candidate" as const];
  const round = Math.floor((id - 1) / named.length);
  return {
    id, name: round ? `${name} 第 ${round + 1} 代` : name, brand, category, price: id % 11 === 7 ? null : price + round * 100, currency: "CNY", url: `https://example.com/p/${id}`, fits: "油皮、通勤、赶时间的早上",
    unfits: "干皮秋冬会卡", selling_points: ["成膜快，三分钟能上粉底", "不泛白"], shortcomings: id % 4 === 3 ? [] : ["叠粉底会搓泥", "泵头偶尔一下出多"], supplier: "品牌寄样", note: "", stage,
    skus: [{ shop: "小鹿的店", sku: `YG-${100 + id}` }], cover: id % 9 === 4 ? null : 9000 - id * 7, created_at: at(60 + id), updated_at: at(id / 10), photos: (id * 7) % 40, trials: id % 3, posts: id % 4, orders: (id * 13) % 90,
  };
};
const empty = typeof location !== "undefined" && location.search.includes("empty");
const products = empty ? [] : Array.from({ length: 300 }, (_, nth) => make(nth + 1));
const find = (id: unknown) => {
  const product = products.find((one) => one.id === id);
  if (!product) throw { code: "not_found", message: "这件好物不在了。", field: null };
  return product;
};
const price = (id: number, product: number, amount: number, kind: Price["kind"], days: number, place: string, conditions = ""): Price =>
  ({ id, product, amount, currency: "CNY", kind, seen_at: at(days), place, conditions, photo: null, created_at: at(days) });
const prices: Price[] = [
  price(1, 1, 12900, "list", 90, "旗舰店"), price(2, 1, 11900, "paid", 82, "旗舰店", "首单"), price(3, 1, 9900, "promo", 60, "直播间", "两支"), price(4, 1, 10900, "paid", 40, "旗舰店", "满 200 减 20"),
  price(5, 1, 8900, "promo", 11, "双十一"), price(6, 1, 9500, "paid", 6, "旗舰店", "88VIP"),
];
/** Believable products for `npm run dev` in a plain browser; `?empty` starts with none. */
export const preview: Preview = {
  list_products: () => products,
  get_product: ({ id }) => find(id),
  create_product: ({ input }) => { const made = { ...make(products.length + 1), ...(input as object), cover: null } as ProductSummary; products.unshift(made); return made; },
  edit_product: ({ id, patch }) => { const nth = products.indexOf(find(id)); return (products[nth] = { ...find(id), ...(patch as ProductPatch) } as ProductSummary); },
  remove_product: () => { throw { code: "conflict", message: "它有 2 次试用和 14 张照片，没有删掉。改成「下架」就不会再出现在推荐里。", field: null }; },
  import_products: () => ({ imported: [1, 2, 3], duplicates: [7], refused: [{ row: 5, reason: "价格「一百二」不是数，写成 120 或 120.00。" }, { row: 9, reason: "没有名字。" }] }),
  list_prices: ({ product }) => (product === 1 ? prices : []),
  add_price: ({ input }) => { const made = { ...price(prices.length + 1, 1, 0, "paid", 0, ""), ...(input as object), seen_at: at(0) } as Price; prices.push(made); return made; },
  pick_files: () => ["/表格/好物.xlsx"],
};
