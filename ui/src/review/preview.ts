import type { Found, NewConsent, NewPaste, NewReview, ReasonKind, Review, ReviewPatch, ReviewRule, ReviewSummary } from "../ipc";
import type { Preview } from "../ipc/fake";
import { proposals } from "./sift";

const search = typeof location === "undefined" ? "" : location.search;
const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const rules: ReviewRule[] = ([
  ["bought_because", "便宜", ["便宜", "不贵", "实惠", "划算"]], ["bought_because", "朋友推荐", ["闺蜜推荐", "同事推荐", "种草", "安利"]], ["bought_because", "成分", ["成分", "无酒精", "配料表"]],
  ["bought_because", "包装", ["包装*好看", "瓶子好看", "颜值"]], ["bought_because", "回购", ["回购", "第二瓶", "又买了"]], ["returned_because", "过敏", ["过敏", "泛红", "起痘"]], ["returned_because", "没效果", ["搓泥", "出油", "没用"]],
  ["returned_because", "与描述不符", ["和图片不一样", "色差"]], ["sensitivity", "price", ["便宜", "不贵", "贵", "划算", "等活动"]], ["sensitivity", "value", ["性价比", "够用", "耐用"]], ["sensitivity", "brand", ["大牌", "国货", "正品"]],
] as [ReasonKind, string, string[]][]).map(([kind, label, words]) => ({ kind, label, words, enabled: true, shipped: true, own: label === "回购" }));
const find = (text: string, some: ReviewRule[]): Found[] => some.filter((rule) => rule.enabled && (rule.kind !== "returned_because" || text.includes("退"))).flatMap((rule) => {
  const hits = rule.words.flatMap((word) => { const start = text.indexOf(word); return start < 0 || /[不没]/.test(text[start - 1] ?? "") ? [] : [{ start, end: start + word.length, text: word }]; });
  return hits.length ? [{ kind: rule.kind, label: rule.label, standing: "proposed" as const, hits: hits.slice(0, 1) }] : [];
});
const words = [
  "闺蜜推荐的，上脸很轻薄，通勤刚好够用。", "我妈也能自己涂匀，瓶子不漏，第二瓶了。", "下午就出油了，客服让我拍照才给退。", "等活动买的，两支不到二百，划算。", "脸颊泛红，第二天就退了，成分表里有酒精。",
  "颜值很高，瓶子好看，送同事的。", "没有搓泥，上妆也服帖，会回购。", "和图片不一样，颜色偏黄，退了。", "国货里算能打的，性价比可以。", "不贵，但一支用不了两个月 😀", "味道淡，小孩也肯涂。\n就是泵头有点紧，要用点力。", "一般，谈不上惊艳。",
];
const own: Review = { id: 1, product: 1, own: true, buyer: null, rating: 4, text: "通勤够用，室外两小时要补。妆前等三分钟，不然搓泥。", reasons: [], returned: [], sensitivity: null, found: [], consent: false, consent_at: null, consent_how: "", photos: [], source: "", note: "", said_on: "2026-11-20", edits: 1, trashed_at: null, created_at: at(2) };
const voice = (id: number): Review => {
  const text = words[id % words.length] ?? "";
  const found = find(text, rules);
  const yes = id % 3 === 0 ? found : [];
  const said = (kind: ReasonKind) => yes.filter((one) => one.kind === kind).map((one) => one.label);
  return {
    id, product: id % 4 ? 1 : 1 + (id % 9), own: false, buyer: ((id * 2654435761) >>> 0).toString(16).padStart(8, "0"), rating: id % 5 === 4 ? null : 5 - (id % 4 === 2 ? 3 : id % 2), text, reasons: said("bought_because"), returned: said("returned_because"),
    sensitivity: (said("sensitivity")[0] ?? null) as Review["sensitivity"], found: found.map((one) => (yes.length ? { ...one, standing: "accepted" } : one)), consent: id % 5 === 1, consent_at: id % 5 === 1 ? at(3) : null, consent_how: id % 5 === 1 ? "私信说可以用" : "",
    photos: id % 6 === 1 ? [9000 - id, 8000 - id, 7000 - id] : [], source: ["妈妈三群", "小店评论", "小红书评论"][id % 3] ?? "", note: id % 7 === 3 ? "老顾客，油皮" : "", said_on: at(id % 90).slice(0, 10), edits: 0, trashed_at: null, created_at: at(id % 90),
  };
};
const count = search.includes("empty") ? 0 : search.includes("many") ? 5000 : 30;
let all: Review[] = count ? [own, ...Array.from({ length: count }, (_, nth) => voice(nth + 2))] : [];
let taken: Review[] = [];
const gone = (product: unknown) => taken.filter((review) => product === null || review.product === product);
const of = (product: unknown) => all.filter((review) => product === null || review.product === product);
const change = (id: unknown, part: object) => (all = all.map((review) => (review.id === id ? { ...review, ...part } : review))).find((review) => review.id === id);
const summary = (product: unknown): ReviewSummary => {
  const voices = of(product).filter((review) => !review.own);
  const reasons = new Map<string, ReviewSummary["reasons"][number]>();
  const add = (kind: ReasonKind, label: string, key: "said" | "proposed") => { const one = reasons.get(kind + label) ?? { kind, label, said: 0, proposed: 0 }; one[key] += 1; reasons.set(kind + label, one); };
  for (const review of voices) {
    review.reasons.forEach((label) => add("bought_because", label, "said"));
    review.returned.forEach((label) => add("returned_because", label, "said"));
    if (review.sensitivity) add("sensitivity", review.sensitivity, "said");
    proposals(review).forEach((found) => add(found.kind, found.label, "proposed"));
  }
  return { total: of(product).length, own: of(product).length - voices.length, buyers: voices.length, rated: 0, authorised: voices.filter((one) => one.consent).length, with_photos: voices.filter((one) => one.photos.length).length, returned: voices.filter((one) => one.text.includes("退")).length, trashed: gone(product).length, reasons: [...reasons.values()].sort((a, b) => b.said + b.proposed - a.said - a.proposed) };
};

/** Believable reviews for `npm run dev` in a plain browser; `?empty` starts with none, `?many` with 5,000. */
export const preview: Preview = {
  list_reviews: ({ product }) => of(product),
  get_review_summary: ({ product }) => summary(product),
  add_review: ({ input }) => { const made = { ...own, id: Date.now(), ...(input as NewReview), own: !(input as NewReview).buyer } as Review; all = [made, ...all]; return made; },
  edit_review: ({ id, patch }) => change(id, patch as ReviewPatch),
  consent_review: ({ id, word }) => change(id, { consent: (word as NewConsent).given, consent_how: (word as NewConsent).how ?? "", consent_at: at(0) }),
  get_review_history: () => ({ consents: [{ given: true, how: "私信说可以用", proof: 9000, at: at(9) }, { given: false, how: "她说先别用", proof: null, at: at(2) }], edits: [{ text: "通勤够用。", rating: 4, at: at(5) }] }),
  decide_reviews: ({ ids, kind, label, verdict }) => {
    const key = { bought_because: "reasons", returned_because: "returned", sensitivity: "sensitivity" }[kind as ReasonKind] as "reasons" | "returned" | "sensitivity";
    for (const review of all.filter((one) => (ids as number[]).includes(one.id))) {
      const list = key === "sensitivity" ? [] : review[key].filter((one) => one !== label);
      change(review.id, { [key]: key === "sensitivity" ? (verdict === "accept" ? label : null) : verdict === "accept" ? [...list, label] : list, found: review.found.map((one) => (one.kind === kind && one.label === label ? { ...one, standing: { accept: "accepted", decline: "declined", clear: "proposed" }[verdict as "accept"] } : one)) });
    }
    return ids;
  },
  list_trashed_reviews: ({ product }) => gone(product),
  remove_reviews: ({ ids }) => { taken = [...all.filter((one) => (ids as number[]).includes(one.id)).map((one) => ({ ...one, trashed_at: at(0) })), ...taken]; all = all.filter((one) => !(ids as number[]).includes(one.id)); return null; },
  restore_reviews: ({ ids }) => { all = [...taken.filter((one) => (ids as number[]).includes(one.id)).map((one) => ({ ...one, trashed_at: null })), ...all]; taken = taken.filter((one) => !(ids as number[]).includes(one.id)); return null; },
  empty_review_trash: ({ ids }) => { taken = taken.filter((one) => ids !== null && !(ids as number[]).includes(one.id)); return null; },
  list_review_rules: () => rules,
  set_review_rule: (rule) => { const nth = rules.findIndex((one) => one.kind === rule.kind && one.label === rule.label); const made = { shipped: nth >= 0, own: true, ...(rule as object) } as ReviewRule; if (nth < 0) rules.push(made); else rules[nth] = made; return rules; },
  reset_review_rule: () => rules,
  try_review_rule: ({ kind, words: asked }) => {
    const found = all.flatMap((review) => { const hits = find(review.text, [{ kind: kind as ReasonKind, label: "x", words: asked as string[], enabled: true, shipped: false, own: true }])[0]?.hits; return hits ? [{ id: review.id, product: review.product, text: review.text, hits }] : []; });
    return { total: found.length, reviews: found.slice(0, 50) };
  },
  split_reviews: ({ input }) => {
    const lines = ((input as NewPaste).text ?? "").split("\n").map((line, nth) => [line.trim(), nth + 1] as const).filter(([line]) => line);
    const pieces = lines.map(([line, row]) => { const [, who = "", text = ""] = /^(?:@?([^：:]{1,12})[：:])?(.*)$/.exec(line) ?? []; return { row, who, text: text.trim().replace(/1\d{10}/, "***"), rating: null, said_on: null, hidden: /1\d{10}/.test(line) ? 1 : 0, known: line.includes("第二瓶了") }; });
    return { columns: [], rows: pieces.length, new: pieces.filter((one) => !one.known).length, known: pieces.filter((one) => one.known).length, hidden: pieces.filter((one) => one.hidden).length, refused: lines.filter(([line]) => line === "[图片]").map(([, row]) => ({ row, reason: "只有图片或表情，没有文字。" })), pieces };
  },
  paste_reviews: () => ({ imported: [1, 2], duplicates: [], refused: [] }),
  preview_reviews: ({ takes }) => ({
    columns: (["buyer", "rating", "text", "on", null] as const).map((field, nth) => ({ name: ["用户昵称", "星级", "评论内容", "评论时间", "规格"][nth] ?? "", takes: takes ? ((takes as never[])[nth] ?? null) : field, samples: [["小鹿", "阿花", "lina"], ["五星", "4", "5"], words.slice(0, 3), ["2026/11/3", "2026-11-04"], ["50 ml", "50 ml", "两支装"]][nth] ?? [] })),
    rows: 128, new: 121, known: 3, hidden: 4, refused: [{ row: 17, reason: "评分「4.5」不是 1 到 5 的整数，这一行没有收下。改成整数或者空着，再导一次。" }, { row: 44, reason: "评价没有内容，没有保存。" }],
    pieces: words.map((text, nth) => ({ row: nth + 2, who: ["小鹿", "阿花", "lina"][nth % 3] ?? "", text, rating: 5 - (nth % 3), said_on: "2026-11-03", hidden: nth === 2 ? 1 : 0, known: nth === 3 })),
  }),
  import_reviews: () => ({ imported: [1, 2, 3], duplicates: [7], refused: [{ row: 17, reason: "评分「4.5」不是 1 到 5 的整数，这一行没有收下。" }] }),
};
