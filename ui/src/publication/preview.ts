import type { BundleRecord, NewPublication, Publication, PublicationPatch } from "../ipc";
import type { Preview } from "../ipc/fake";

// Invented, for looking at the screens in a plain browser. `?none` in the address gives an empty workspace.
const none = location.search.includes("none");
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const names = ["小红书 · 小鹿", "公众号 · 小鹿的本子", "朋友圈 · 小鹿", "微信群 · 妈妈三群"];
const titles = ["通勤防晒，清爽但会搓泥", "三支护手霜用到空管，只回购一支", "不粘锅用了一年，涂层还在吗", "露营灯：亮是亮，充电口太难开", "孩子说这本书的纸像面包", "喝了两个月的挂耳，按产区排个序"];
let out: Publication[] = none ? [] : [0.3, 1, 1.2, 2, 4, 6, 6.1, 6.2, 6.3, 9, 12, 15, 18, 21].map((days, nth) => ({ id: nth + 1, post: (nth % 6) + 1, post_title: titles[nth % 6] ?? "", cover: ((nth % 6) + 1) * 10 + 1, channel: (nth % 4) + 1, channel_name: names[nth % 4] ?? "", platform: "xiaohongshu", at: ago(days), url: nth < 2 ? "" : "https://www.xiaohongshu.com/explore/68a1", note_id: nth < 2 ? "" : "68a1", receipt: nth % 4 < 2 }));
const bundles: BundleRecord[] = none ? [] : [[1, 1, 0.05], [1, 2, 0.05], [4, 1, 0.9]].map(([post, channel, days], nth) => ({ id: nth + 1, post: post ?? 1, channel: channel ?? 1, path: "/home/xiaolu/草本/bundles/1122", override_reason: nth === 2 ? "授权书在凭证里" : "", created_at: ago(days ?? 0) }));

export const preview: Preview = {
  list_publications: () => out.toSorted((a, b) => b.at.localeCompare(a.at)),
  list_bundles: () => bundles,
  add_publication: ({ input }) => { const { post = 1, channel = 1, at, url = "" } = input as NewPublication; const made: Publication = { id: out.length + 1, post, post_title: titles[post - 1] ?? "", cover: post * 10 + 1, channel, channel_name: names[channel - 1] ?? "", platform: "", at: at ?? ago(0), url, note_id: "", receipt: channel < 3 }; out = [...out, made]; return made; },
  edit_publication: ({ id, patch }) => { out = out.map((one) => (one.id === id ? { ...one, ...(patch as PublicationPatch) } as Publication : one)); return out.find((one) => one.id === id); },
};
