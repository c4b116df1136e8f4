import type { ChannelInfo, Checked, Finding, HandOff, Photo, Post, PostPatch, PostSummary, Price, Product, ProductSummary, Rendered, Review, Rules, Step, Trial, Variant, Version } from "../ipc";
import type { Preview } from "../ipc/fake";

// Invented, for looking at the screens in a plain browser. `?many` in the address gives 300 posts, `?none` an empty workspace.
const many = location.search.includes("many");
const none = location.search.includes("none");
const ago = (days: number, hours = 0) => new Date(Date.now() - days * 86_400_000 - hours * 3_600_000).toISOString();
const day = (days: number) => ago(days).slice(0, 10);

const body = `![第 1 天 · 自拍](photo:11)

品牌寄的样品，先说明白。

用了 21 天，每天早上两泵，脸颊没有泛红，下午三点鼻翼会出油。

缺点也要说：叠粉底**会搓泥**，等三分钟再上妆好很多；泵头偶尔一下出多。[](review:2)

它是我用过最佳的通勤防晒，比平时便宜 60 元，现在[到手价](price:1)。

油皮、通勤可以试试；干皮、要带全妆的先绕开。

#通勤防晒 #油皮防晒 #真实测评`;

const post = (id: number, title: string, text: string, over: Partial<Post> = {}): Post => ({ id, code: `p${id}`, title, body: text, products: [1], photos: [11, 12, 13, 14, 15, 16], commercial: null, ai_generated: false, original: true, fictional: false, archived: false, created_at: ago(id + 3), updated_at: ago(id - 1, 2), ...over });
let posts: Post[] = none ? [] : [
  post(1, "通勤防晒，清爽但会搓泥", body),
  post(2, "三支护手霜用到空管，只回购一支", "冬天办公室暖气一开，手背就起皮。三支都用到剪开管子才写这篇。", { products: [2], photos: [21, 22, 23] }),
  post(3, "不粘锅用了一年，涂层还在吗", "每天早上煎一个蛋，365 次之后，蛋还是会滑。锅边磨掉一圈。", { products: [3], photos: [31, 32] }),
  post(4, "露营灯：亮是亮，充电口太难开", "四次露营、两次停电。最亮档四小时没电，说明书写的是六小时。", { products: [4], photos: [41, 42, 43, 44] }),
  post(5, "", "孩子说这本书的纸摸起来像面包。先记下来，回头再写。", { products: [], photos: [] }),
  post(6, "喝了两个月的挂耳，按产区排个序", "同一把壶、同一个水温，早上九点，空腹。", { products: [5], photos: [61] }),
  post(7, "给妈妈买的助听器充电盒", "她最在意的不是续航，是盖子好不好开。", { products: [6], photos: [71, 72] }),
  ...(many ? Array.from({ length: 293 }, (_, nth) => post(nth + 8, `第 ${nth + 8} 篇：换季收纳的小东西`, "抽屉里分成三格，最常用的放在最外面。", { photos: nth % 5 ? [nth * 3 + 100, nth * 3 + 101] : [] })) : []),
];
const find = (id: unknown) => {
  const one = posts.find((post) => post.id === id);
  if (!one) throw { code: "not_found", message: "没有这一篇。" };
  return one;
};
const plain = (text: string) => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "").replace(/[*#]/g, "").trim();
const summary = (one: Post): PostSummary => ({ id: one.id, code: one.code, title: one.title, excerpt: plain(one.body).slice(0, 80), cover: one.photos[0] ?? null, products: one.products, photos: one.photos.length, publications: one.id % 3 === 0 ? 2 : 0, links: 1, archived: one.archived, created_at: one.created_at, updated_at: one.updated_at });

const versions: Version[] = [2, 5, 26, 50].map((hours, nth) => ({ id: nth + 1, post: 1, channel: nth === 2 ? 1 : null, kind: nth === 1 ? "named" : "auto", label: nth === 1 ? "发给品牌看的" : "", title: nth ? "通勤防晒测评" : "通勤防晒，清爽但会搓泥", body: nth ? body.replace("缺点也要说：", "").replace("下午三点鼻翼会出油", "下午有点出油") : body.replace("先说明白", "说在前面"), products: [1], photos: [11, 12], begun_at: ago(0, hours + 1), saved_at: ago(0, hours) }));

const goods: [string, string, string, number][] = [["云感防晒乳", "云感", "防晒", 12900], ["白瓷护手霜", "窑边", "护手霜", 4900], ["麦饭石煎锅", "一灶", "锅具", 21900], ["萤火露营灯", "野铺", "露营", 15900], ["云南挂耳咖啡", "山口", "咖啡", 8900], ["好开充电盒", "安耳", "助听器", 36900]];
const products: Product[] = none ? [] : goods.map(([name, brand, category, price], nth) => ({ id: nth + 1, name, brand, category, price, currency: "CNY", url: "https://shop.example.com/p/1", fits: "", unfits: "", selling_points: [], shortcomings: [], supplier: "", note: "", stage: "trial", skus: [], cover: (nth + 1) * 10 + 1, created_at: ago(40), updated_at: ago(2) }));
const photo = (id: number): Photo => ({ id, name: `IMG_${id}.jpg`, hash: "", kind: "picture", duration: null, moving: false, profile: "", unread: "", note: "", made: false, pick: 0, trashed_at: null, edited: 0, format: "jpeg", width: 3000, height: 4000, bytes: 2_000_000, taken_at: ago(22 - (id % 10) * 3), camera: "", lens: "", has_gps: true, source: id % 10 === 5 ? "brand" : id % 10 === 4 ? "screenshot" : "own", rating: 0, caption: id === 14 ? "小票 ¥129" : id === 11 ? "自拍" : "", focus_x: null, focus_y: null, product: Math.floor(id / 10) || 1, trial: null, used: 1, created_at: ago(3) });
const photos = Array.from({ length: 9 }, (_, nth) => photo(11 + nth));
const trial: Trial = { id: 1, product: 1, product_name: "云感防晒乳", acquired: "sample", started_on: day(20), finished_on: null, verdict: null, verdict_text: "", acquired_from: "", paid: null, currency: "CNY", receipt: null, before: null, after: null, ends_on: null, rhythm: 2, scales: [], flaws: [], shortcomings: ["叠粉底会搓泥", "泵头偶尔一下出多"], created_at: ago(20), updated_at: ago(1), days: [[19, "脸颊没有泛红，下午三点鼻翼出油。"], [12, "叠粉底会搓泥，等三分钟再上好很多。"], [6, "阴天也涂，衣领没有发白。"], [0, "用掉大半支，泵头偶尔出多。"]].map(([back, text]) => ({ on: day(Number(back)), text: String(text), photos: [], ratings: [], edits: 0, written_at: ago(1), late: false, updated_at: ago(1) })) };
const prices: Price[] = [[12900, "paid", 1, "品牌旗舰店"], [15900, "promo", 5, "品牌旗舰店"], [18900, "list", 9, "旗舰店页面"]].map(([amount, kind, back, place], nth) => ({ id: nth + 1, product: 1, amount: Number(amount), currency: "CNY", kind: kind as Price["kind"], seen_at: ago(Number(back)), place: String(place), conditions: nth === 0 ? "满 199 减 20" : "", photo: null, created_at: ago(1) }));
const reviews: Review[] = [{ text: "敏感肌用了没事，就是泵头难控制", consent: true, own: false }, { text: "等三分钟真的不搓泥了", consent: true, own: false }, { text: "感觉一般，不如之前那支", consent: false, own: false }].map((one, nth) => ({ id: nth + 1, product: 1, buyer: "a", rating: 4, reasons: [], returned: [], sensitivity: null, source: "小红书评论", said_on: null, created_at: ago(1), found: [], photos: [], consent_at: null, trashed_at: null, consent_how: "", note: "", edits: 0, ...one }));

export const channels: ChannelInfo[] = none ? [] : [["xiaohongshu", "小红书", "小鹿"], ["wechat_article", "公众号", "小鹿的本子"], ["wechat_moments", "朋友圈", "小鹿"], ["wechat_group", "微信群", "妈妈三群"]].map(([platform, platform_name, name], nth) => ({ id: nth + 1, platform: platform ?? "", name: `${platform_name} · ${name}`, platform_name: platform_name ?? "", own_shop: false, archived: false }));
const rules = (platform: string, name: string, has_title: boolean, text_link: "yes" | "no", note: string): Rules => ({ platform, name, content_type: "图文", checked_on: "2026-11-22", body: platform === "wechat_article" ? "html" : "plain", has_title, limits: [], images: { width: 1080, height: 1440, fit: "crop", source: "" }, topic_syntax: platform === "weibo" ? "#{}#" : "#{}", links: { text_link, qr: text_link, word: platform === "wechat_group" ? "unverified" : "no", coupon: "unverified", contact: "no", card: platform === "xiaohongshu" ? "yes" : "no", hosts: [], screened_hosts: [], source: "平台社区规范", checked_on: "2026-11-22", confidence: "A", note }, declarations: platform === "xiaohongshu" ? ["内容来源声明：品牌合作", "勾选「含 AI 生成内容」（如有）"] : [], note: "" });
export const packs: Rules[] = [rules("xiaohongshu", "小红书", true, "no", "笔记里不能放链接、二维码和口令；商品只能用平台自己的商品卡。"), rules("wechat_article", "公众号", true, "no", "外链会被去掉，只留一个「阅读原文」。"), rules("wechat_moments", "朋友圈", false, "yes", ""), rules("wechat_group", "微信群", false, "yes", "链接要过微信的安全审查。"), rules("weibo", "微博", false, "yes", ""), rules("douyin", "抖音", true, "no", "")];

const variants = new Map<string, Variant>();
const padding = new Set<string>();
const render = (one: Post, channel: ChannelInfo): Rendered => {
  const own = variants.get(`${one.id}:${channel.id}`);
  const text = own?.body ?? one.body;
  const pack = packs.find((one) => one.platform === channel.platform);
  const title = own?.title ?? one.title;
  const tags = [...text.matchAll(/(?:^|\s)#(\S+)/g)].map((hit) => hit[1] ?? "");
  const said = `广告｜${pack?.has_title === false && title ? `${title}\n\n` : ""}${plain(text.replace(/\[\]\(review:2\)/, "“等三分钟真的不搓泥了”").replace(/\[到手价\]\(price:1\)/, "到手价 ¥129").replace(/(^|\s)#\S+/g, "")).trim()}`;
  return { post: one.id, channel: channel.id, platform: channel.platform, title: pack?.has_title === false ? "" : title, body: said, tags, html: channel.platform === "wechat_article" ? `<section style="color:#8a5a00;font-size:13px">广告</section><section><img src="photo:11" style="max-width:100%"></section>${said.split(/\n+/).map((line) => `<p style="margin:0 0 16px;line-height:1.9">${line}</p>`).join("")}` : null, photos: one.photos, focus: one.photos.map(() => [0.5, 0.5]), padded: padding.has(`${one.id}:${channel.id}`) ? one.photos.slice(1, 2) : [], links: [], marked: true };
};
const check = (one: Post, channel: ChannelInfo): Checked => {
  const own = variants.get(`${one.id}:${channel.id}`);
  const [title, text] = [own?.title ?? one.title, own?.body ?? one.body];
  const at = (words: string): Pick<Finding, "field" | "start" | "end"> => ({ field: "body", start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const findings: Finding[] = [];
  if (text.includes("最佳")) findings.push({ rule: "absolute", severity: "block", ...at("最佳"), message: "“最佳”", reason: "是绝对化用语（广告法第 9 条）。说自己的感受就好。", source: "广告法 第 9 条", fix: { label: "改成“最顺手”", replacement: "最顺手" } });
  if (text.includes("便宜 60 元")) findings.push({ rule: "price.claim", severity: "warn", ...at("比平时便宜 60 元"), message: "“便宜 60 元”", reason: "近 7 天同店最低成交价是 ¥159，只便宜 30 元。", source: "价格记录", fix: null });
  if (text.includes("干皮")) findings.push({ rule: "info", severity: "info", ...at("干皮"), message: "说了不适合谁", reason: "这会让人更信你。", source: "", fix: null });
  if (channel.platform === "xiaohongshu" && one.photos.length > 1 && !padding.has(`${one.id}:${channel.id}`)) findings.push({ rule: "images.cut", severity: "warn", field: "images", start: 0, end: 0, message: "小红书的图片裁成 1080×1440：第 2 张裁掉 44%。", reason: "裁掉的可能正是要给人看的。", source: "平台资料", fix: null });
  return { post: one.id, channel: channel.id, findings, looked: ["count", "link", "reference", "mark", "picture"], unlooked: ["claim"], counts: [{ field: "title", count: [...title].length, warn: null, limit: channel.platform === "wechat_article" ? 64 : 20, unit: "字", hard: true }, { field: "body", count: [...plain(text)].length, warn: null, limit: 1000, unit: "字", hard: true }, { field: "images", count: one.photos.length, warn: null, limit: channel.platform === "wechat_moments" ? 9 : 18, unit: "张", hard: channel.platform === "xiaohongshu" }] };
};
const handoff = (one: Post, channel: ChannelInfo): HandOff => {
  const rendered = render(one, channel);
  const chat = channel.platform === "wechat_group";
  const receipt = !chat && channel.platform !== "wechat_moments";
  const step = (kind: Step["kind"], say: string, more: Partial<Step> = {}): Step => ({ kind, say, copy: null, items: [], link: null, ...more });
  const pictures = rendered.photos.length ? [step("pictures", `按编号上传 ${rendered.photos.length} 张图片：01.jpg 到 06.jpg，01 是封面。`)] : [];
  const words = [...(rendered.title ? [step("title", "粘贴标题：title.txt。", { copy: rendered.title })] : []), rendered.html === null ? step("body", "粘贴正文：body.txt。", { copy: rendered.body }) : step("article", "用电脑浏览器打开 article.html，全选复制，粘贴到编辑器里。")];
  const link = chat ? [step("link", "正文里没有「云感防晒乳」的链接：从 links.txt 复制，接着单独发一条（编号 P1Q4）。", { copy: "https://shop.example.com/p/1?utm_content=P1Q4", link: 1 }), step("qr", "不想放链接，就放「云感防晒乳」的二维码：qr-P1Q4.png。", { link: 1 })] : [];
  const topics = receipt && rendered.tags.length ? [step("topics", "话题：照 tags.txt 一个一个输入「#词」，每个都要从下拉列表里点选。", { items: rendered.tags.map((tag) => `#${tag}`) })] : [];
  const boxes = channel.platform === "xiaohongshu" ? [step("declaration", "勾选声明：原创声明（平台提供：原创声明、内容声明：虚构演绎）。", { items: ["原创声明"] })] : [];
  return { rendered, receipt, steps: [...(chat ? [...words, ...pictures] : [...pictures, ...words]), ...topics, ...link, step("mark", "确认「广告」字样清楚可见，没有被折叠或遮住。"), ...boxes, step("look", "发布前再看一遍：图片顺序、价格和优惠时间都还对。"), step("receipt", receipt ? "发布后复制这条内容的链接，回草本「发布」里粘贴，开始计算归因。" : "发出去以后，回草本「发布」里勾一下，记下时间，开始计算归因。")] };
};
const channelOf = (id: unknown) => channels.find((one) => one.id === id) ?? (channels[0] as ChannelInfo);

export const preview: Preview = {
  list_posts: ({ archived }) => posts.filter((one) => archived || !one.archived).toSorted((a, b) => b.updated_at.localeCompare(a.updated_at)).map(summary),
  get_post: ({ id }) => find(id),
  create_post: ({ input }) => { const made = post(posts.length + 1, "", "", { photos: [], products: [], ...(input as Partial<Post>), updated_at: ago(0) }); posts = [...posts, made]; return made; },
  edit_post: ({ id, patch }) => {
    if (location.search.includes("full")) throw { code: "disk_full", message: "磁盘满了，这次没有保存。请腾出空间后再试。" };
    const { commercial, ...rest } = patch as PostPatch;
    const next = { ...find(id), ...rest, updated_at: ago(0), ...(commercial && { commercial: commercial === "auto" ? null : commercial === "yes" }) } as Post;
    posts = posts.map((one) => (one.id === id ? next : one));
    return next;
  },
  list_versions: () => versions,
  name_version: ({ id, label }) => { const made: Version = { ...(versions[0] as Version), ...find(id), id: versions.length + 1, post: Number(id), kind: "named", label: String(label), begun_at: ago(0), saved_at: ago(0) }; versions.unshift(made); return made; },
  restore_version: ({ id, version }) => { const { channel, title, body: text } = versions.find((one) => one.id === version) as Version; if (channel !== null) { variants.set(`${id}:${channel}`, { title, body: text }); return find(id); } const next = { ...find(id), title, body: text, updated_at: ago(0) }; posts = posts.map((one) => (one.id === id ? next : one)); return next; },
  get_variant: ({ id, channel }) => variants.get(`${id}:${channel}`) ?? { title: null, body: null },
  set_variant: ({ id, channel, variant }) => { variants.set(`${id}:${channel}`, variant as Variant); return null; },
  render_post: ({ id, channel }) => render(find(id), channelOf(channel)),
  get_handoff: ({ post: id, channel }) => handoff(find(id), channelOf(channel)),
  set_padding: ({ id, channel, on }) => { if (on) padding.add(`${id}:${channel}`); else padding.delete(`${id}:${channel}`); return null; },
  check_post: ({ id, channel }) => check(find(id), channelOf(channel)),
  export_bundle: ({ input }) => { const what = input as { post: number; channels: number[]; override_reason: string | null }; const [ok, no] = [what.channels.filter((id) => what.override_reason || !check(find(what.post), channelOf(id)).findings.some((one) => one.severity === "block")), what.channels]; return { bundles: ok.map((channel) => ({ id: channel, post: what.post, channel, dir: `/home/xiaolu/草本/bundles/1122-通勤防晒/${channelOf(channel).platform}`, files: [1, 2, 3, 4, 5, 6, 7].map((nth) => ({ path: `0${nth}.jpg`, sha256: "", bytes: 320_000 })), findings: [], created_at: ago(0) })), blocked: no.filter((id) => !ok.includes(id)).map((channel) => ({ channel, findings: check(find(what.post), channelOf(channel)).findings })), failed: [] }; },
  // Other rooms' nouns, as far as the desk needs them; their own previews come later in the alphabet and win.
  list_products: () => products.map((one): ProductSummary => ({ ...one, photos: 6, trials: 1, posts: 1, orders: 0 })),
  get_product: ({ id }) => products.find((one) => one.id === id) ?? products[0],
  list_photos: () => (none ? [] : photos),
  list_trials: () => [trial],
  list_reviews: () => reviews,
  list_prices: () => prices,
  list_channels: () => channels,
  list_platforms: () => packs,
  get_rules: ({ platform }) => packs.find((one) => one.platform === platform) ?? packs[0],
  create_channel: ({ input }) => { const { platform, name } = input as { platform: string; name: string }; const made = { id: channels.length + 1, platform, name, platform_name: packs.find((one) => one.platform === platform)?.name ?? platform, own_shop: false, archived: false }; channels.push(made); return made; },
};
