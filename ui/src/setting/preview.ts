import type { Allow, ChannelInfo, Info, Limit, LinkPolicy, Rules, Watch } from "../ipc";
import type { Preview } from "../ipc/fake";

const full = !location.search.includes("empty");
const info: Info = {
  folder: "/Users/xiaolu/Documents/小鹿的本子", name: "小鹿的本子", products: full ? 312 : 0, photos: full ? 2846 : 0, posts: full ? 58 : 0, orders: full ? 12480 : 0,
  database_bytes: 48_300_000, photo_bytes: 9_830_000_000, schema: 20261122090010, last_backup_at: "2026-11-19T21:40:00+08:00", only_read: null,
};

const limit = (rule: string, max: number, unit: string, more: Partial<Limit> = {}): Limit => ({
  rule, field: rule.split(".")[1] ?? "", unit, counting: unit === "字" ? "chars" : null, min: null, warn: null, max, hard: true, source: "yikart/AiToEarn maxBody", checked_on: "2026-11-22", confidence: "A", ...more,
});
const policy = (allow: string, more: Partial<LinkPolicy> = {}): LinkPolicy => {
  const [text_link, qr, word, coupon, contact, card] = [...allow].map((one): Allow => (one === "y" ? "yes" : one === "n" ? "no" : "unverified"));
  return { text_link: text_link!, qr: qr!, word: word!, coupon: coupon!, contact: contact!, card: card!, hosts: [], screened_hosts: [], source: "常识，未核实", checked_on: "2026-11-22", confidence: "C", note: "", ...more };
};
const pack = (platform: string, name: string, content_type: string, limits: Limit[], links: LinkPolicy, more: Partial<Rules> = {}): Rules => ({
  platform, name, content_type, checked_on: "2026-11-22", body: "plain", has_title: true, limits, images: null, topic_syntax: "#{}", links, declarations: [], note: "", ...more,
});

const packs = (): Rules[] => [
  pack("xiaohongshu", "小红书", "图文", [
    limit("xiaohongshu.title", 20, "字", { counting: "xhs", source: "xpzouying/xiaohongshu-mcp pkg/xhsutil/title.go, issues #401 #410", note: "emoji 一般算 2 字；超长的标题会被页面拒绝。" }),
    limit("xiaohongshu.body", 1000, "字", { overridden: true, max: 1200 }),
    limit("xiaohongshu.images", 18, "张", { min: 1, alternatives: ["9：yikart/AiToEarn 接口"], note: "9 张是接口的数字；手动发布按 18。" }),
    limit("xiaohongshu.topics", 10, "个", { checked_on: "2026-06-02", source: "dreammis/social-auto-upload PR #219" }),
  ], policy("nnnuny", { source: "《交易导流违规管理细则》2025-03-12 起施行", confidence: "B", note: "券码能否写进笔记没有查到条文，默认不放；自己核实后可以打开。" }),
  { declarations: ["原创声明", "内容声明：笔记含 AI 合成内容"], note: "不登录、不托管发布：2026-03-10 起托管账号会被警告、限流或封禁。" }),
  pack("wechat_article", "公众号文章", "文章", [limit("wechat_article.title", 64, "字", { warn: 32 }), limit("wechat_article.body", 20000, "字"), limit("wechat_article.digest", 120, "字")], policy("nyyyny", { hosts: ["mp.weixin.qq.com"] }), { body: "html" }),
  pack("wechat_group", "微信群", "消息", [limit("wechat_group.body", 2048, "字", { hard: false, source: "常识，未核实", confidence: "C" })], policy("yyyyyy", { screened_hosts: ["taobao.com", "tmall.com", "pinduoduo.com"] }), { has_title: false }),
  pack("douyin", "抖音", "图文", [limit("douyin.title", 20, "字"), limit("douyin.body", 1000, "字"), limit("douyin.images", 35, "张")], policy("nnnuny")),
  pack("weibo", "微博", "图文", [limit("weibo.body", 5000, "字", { warn: 2000 }), limit("weibo.images", 18, "张")], policy("yuyyuy")),
  pack("store", "门店立牌", "立牌", [], policy("uyuyyn")),
];

const channel = (id: number, platform: string, account: string, more: Partial<ChannelInfo> = {}): ChannelInfo => {
  const platform_name = packs().find((one) => one.platform === platform)?.name ?? platform;
  return { id, platform, name: `${platform_name} · ${account}`, platform_name, own_shop: false, archived: false, ...more };
};
const channels = full ? [channel(1, "xiaohongshu", "小鹿"), channel(2, "wechat_article", "小鹿手记"), channel(3, "wechat_group", "妈妈三群"), channel(4, "douyin", "小鹿试给你看"), channel(5, "store", "前台立牌", { own_shop: true }), channel(6, "weibo", "小鹿 old", { archived: true })] : [];

/** Fake replies for `npm run dev`; "?empty" in the address shows a workspace with nothing in it. */
let watch: Watch | null = full ? { path: "/Users/xiaolu/Pictures/手机同步", product: null, source: "own" } : null;

export const preview: Preview = {
  open_workspace: () => { if (location.search.includes("busy")) throw { code: "busy", message: "这个工作区正在另一个窗口或程序里打开，没有改动。请先关闭那一个，再试一次。" }; return info; },
  get_workspace: () => info,
  check_workspace: () => ({ ok: false, mended: 0, problems: [{ what: "照片文件不见了", where: "photos/8c/8c1f0e.jpg" }, { what: "照片的内容和指纹对不上", where: "photos/1a/1a77c2.jpg" }] }),
  backup_workspace: ({ file }) => ({ file, files: 2847, problems: [] }),
  restore_workspace: ({ folder }) => ({ folder, problems: [], changed: [] }),
  pick_folder: () => "/Users/xiaolu/Desktop/新的本子",
  pick_save: () => "/Users/xiaolu/Desktop/备份.zip",
  pick_files: () => ["/Users/xiaolu/Downloads/抖店订单_20261122.csv"],
  get_setting: () => null,
  set_setting: () => null,
  get_watch: () => watch,
  set_watch: (args) => { watch = args.watch as Watch | null; return null; },
  get_buyer_key: () => ({ place: "key_store", earlier: false, message: "买家指纹的钥匙在系统的钥匙串里，不在工作区里：拷走整个文件夹也试不出手机号。换电脑前记下恢复码。" }),
  show_buyer_code: () => "7K2Q-M4XZ-9P3A-0BCD-7K2Q-M4XZ-9P3A-0BCD-7K2Q-M4XZ-9P3A-0BCD-7K2Q-M4XZ",
  recover_buyer_key: () => ({ place: "key_store", earlier: false, message: "买家指纹的钥匙在系统的钥匙串里。" }),
  release_buyer_key: () => ({ place: "session", earlier: false, message: "买家指纹的钥匙只记到这次关掉为止。" }),
  list_channels: () => channels,
  list_platforms: packs,
  get_rules: ({ platform }) => packs().find((one) => one.platform === platform),
  create_channel: ({ input }) => { const made = channel(channels.length + 1, (input as ChannelInfo).platform, (input as ChannelInfo).name); channels.push(made); return made; },
  edit_channel: ({ id, patch }) => Object.assign(channels.find((one) => one.id === id) ?? {}, patch),
  override_rule: () => packs()[0],
};
