import type { Link, LinkFilter, LinkKind, NewLink } from "../ipc";
import type { Preview } from "../ipc/fake";

// Invented, for looking at the screens in a plain browser. `?many` gives 10,000 links, `?none` an empty workspace.
const many = location.search.includes("many");
const none = location.search.includes("none");
const names = ["小红书 · 小鹿", "公众号 · 小鹿的本子", "朋友圈 · 小鹿", "微信群 · 妈妈三群"];
const titles = ["通勤防晒，清爽但会搓泥", "三支护手霜用到空管，只回购一支", "不粘锅用了一年，涂层还在吗", "露营灯：亮是亮，充电口太难开"];
const goods = ["云感防晒乳", "白瓷护手霜", "麦饭石煎锅", "萤火露营灯"];
const kinds: LinkKind[] = ["coupon", "note", "url", "qr"];
const make = (id: number, post: number, channel: number, kind: LinkKind): Link => {
  const code = `${"abcd"[post % 4]}${post}x${channel}${id % 7}k`;
  const url = kind === "url" || kind === "qr" ? `https://shop.example.com/p/${post}?utm_source=${channel === 4 ? "wechat_group" : "moments"}&utm_medium=post&utm_content=${code}` : "";
  return { id, code, kind, url, destination: `https://shop.example.com/p/${post}`, coupon: kind === "coupon" ? code.toUpperCase() : null, post, post_title: titles[(post - 1) % 4] ?? "", channel, channel_name: names[channel - 1] ?? "", product: post, product_name: goods[(post - 1) % 4] ?? "", created_at: new Date(Date.now() - id * 3_600_000).toISOString() };
};
let links: Link[] = none ? [] : Array.from({ length: many ? 10_000 : 14 }, (_, nth) => make(nth + 1, Math.floor(nth / 4) + 1, (nth % 4) + 1, kinds[nth % 4] ?? "url"));

/** Looks like a code, leads nowhere. */
const square = () => {
  const cells = Array.from({ length: 25 * 25 }, (_, nth) => ({ x: nth % 25, y: Math.floor(nth / 25), on: (nth * 7919 + (nth % 25) * 31) % 13 < 6 })).filter((cell) => cell.on).map((cell) => `<rect x="${cell.x + 2}" y="${cell.y + 2}" width="1" height="1"/>`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" shape-rendering="crispEdges"><rect width="29" height="29" fill="#fff"/>${cells}</svg>`;
};

export const preview: Preview = {
  list_links: ({ filter }) => { const { post, channel, product } = filter as LinkFilter; return links.filter((one) => (!post || one.post === post) && (!channel || one.channel === channel) && (!product || one.product === product)); },
  create_link: ({ input }) => { const { post = 1, channel = 1, kind } = input as NewLink; const made = make(links.length + 1, post, channel, kind ?? "url"); links = [made, ...links]; return { ...made, notes: [] }; },
  get_link_qr: () => square(),
  save_link_qr: () => null,
};
