import type { Day, Flaw, NewDay, NewFlaw, Trial } from "../ipc";
import type { Preview } from "../ipc/fake";

const empty = typeof location !== "undefined" && location.search.includes("empty");
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const noted = (back: number, text: string, photos: number[], ratings: [string, number][] = [], edits = 0, late = 0): Day => {
  const written = new Date(Date.now() - (back - late) * 86_400_000).toISOString();
  return { on: day(back), text, photos, ratings: ratings.map(([scale, value]) => ({ scale, value })), edits, written_at: written, late: late > 0, updated_at: written };
};
const flaw = (id: number, text: string, back: number, severity = 2, over: Partial<Flaw> = {}): Flaw => ({ id, text, on: day(back), photo: null, severity, resolved_on: null, created_at: new Date().toISOString(), ...over });
const trial = (id: number, product: number, product_name: string, back: number, days: Day[], flaws: Flaw[], over: Partial<Trial> = {}): Trial => ({
  id, product, product_name, acquired: "bought", started_on: day(back), finished_on: null, verdict: null, verdict_text: "", acquired_from: "", paid: null, currency: "CNY", receipt: null, ends_on: null, rhythm: 1, scales: [...new Set(days.flatMap((day) => day.ratings.map((one) => one.scale)))],
  days, shortcomings: flaws.map((one) => one.text), flaws, before: null, after: null, created_at: new Date().toISOString(), updated_at: new Date().toISOString(), ...over,
});
const words = ["早上上脸没泛红，就是有点闷。", "下午三点鼻翼出油，比昨天早。", "叠粉底会搓泥，等三分钟再上好很多。\n妈妈也试了，说不油。", "阴天也涂，衣领没有发白。", "室外两小时没补，鼻梁微红。", "忘了涂，晒了一下午。", "泵头一下出多，擦了一手背。"];
/** Sixty days with four hundred photos: what a long trial looks like. */
const long = (): Day[] => Array.from({ length: 58 }, (_, nth) => nth).filter((nth) => nth % 9 !== 4).map((nth) => noted(59 - nth, words[nth % words.length] ?? "", Array.from({ length: 3 + (nth * 7) % 11 }, (_, at) => 9100 + nth * 14 + at), [["控油", 1 + (nth * 3) % 5], ["不泛红", 3 + (nth % 3 === 0 ? 1 : 0)], ["成膜", 2 + (nth % 4)]], nth % 6 === 0 ? 2 : 0, nth % 8 === 3 ? 2 : 0));
const trials: Trial[] = empty ? [] : [
  trial(1, 1, "云感防晒乳 50 ml", 20, [
    noted(20, "拆箱。小票、批号、寄样约定都拍了。", [9999, 9998], [["不泛红", 2], ["控油", 4]]), noted(12, "叠粉底会搓泥，等三分钟再上好很多。", [], [["不泛红", 3], ["控油", 4]], 0, 3),
    noted(7, "室外两小时没补，鼻梁微红。", [9995, 9994], [["不泛红", 3], ["控油", 3]], 2), noted(5, "通勤照常。今天的光和第一天差不多，同一个位置拍的。", [9993]),
    noted(0, "用掉大半支。泵头偶尔一下出多，涂开要快。下班脱妆比第一周少。", [9990, 9991, 9992], [["不泛红", 4], ["控油", 3]]),
  ], [flaw(1, "叠粉底会搓泥", 12, 3, { photo: 9994 }), flaw(2, "下午控油一般", 7), flaw(3, "泵头偶尔一下出多", 20, 1, { resolved_on: day(2) })], { acquired: "sample", acquired_from: "云感品牌部", paid: 0, receipt: 9998, ends_on: day(-7) }),
  trial(2, 6, "手冲咖啡豆 耶加雪菲", 9, [noted(9, "开袋就是柠檬皮的味道。", [9980]), noted(4, "第五天，酸下去了，甜出来。", [9981, 9982])], [], { rhythm: 2, paid: 8800, acquired_from: "巷口烘焙" }),
  trial(3, 4, "厚棉家居袜 五双", 0, [], [], { acquired: "gift" }),
  trial(6, 3, "桌面绿植 六十天", 59, long(), [flaw(9, "叶尖容易黄", 40), flaw(10, "盆底没有孔", 58, 3)], { paid: 5900 }),
  trial(4, 2, "小麦精酿 330 ml", 70, [noted(70, "冰了四小时。", [9900]), noted(52, "第六罐，还是配烧烤。", [9901, 9902])], [flaw(4, "泡沫散得快", 60)], { finished_on: day(52), verdict: "recommend", verdict_text: "配烧烤正好，单喝偏淡。" }),
  trial(5, 5, "山茶花护手霜", 90, [noted(90, "香。", [9880])], [flaw(5, "香味重", 90), flaw(6, "不耐洗", 88, 3)], { acquired: "sample", finished_on: day(76), verdict: "reject", verdict_text: "香味盖过一切，洗一次手就没了。" }),
];
const change = (id: unknown, edit: (trial: Trial) => Partial<Trial>): Trial => {
  const nth = trials.findIndex((trial) => trial.id === id);
  const was = trials[nth];
  if (!was) throw { code: "not_found", message: "这次试用不在了。", field: null };
  return (trials[nth] = { ...was, ...edit(was) });
};

/** Believable trials for `npm run dev` in a plain browser; `?empty` has none. */
export const preview: Preview = {
  list_trials: ({ product }) => trials.filter((trial) => product == null || trial.product === product),
  get_trial: ({ id }) => change(id, () => ({})),
  start_trial: ({ input }) => { const made = { ...(trials[2] as Trial), ...(input as object), id: trials.length + 1, started_on: day(0), days: [], flaws: [] }; trials.unshift(made); return made; },
  log_trial: ({ trial, day: said }) => change(trial, (was) => {
    const { on, text, photos = [], ratings = [] } = said as NewDay;
    const old = was.days.find((one) => one.on === on);
    const next: Day = { on, text, ratings, photos: [...(old?.photos ?? []), ...photos.filter((id) => !old?.photos.includes(id))], edits: old?.text ? old.edits + 1 : 0, written_at: old?.written_at ?? new Date().toISOString(), late: old?.late ?? on < day(0), updated_at: new Date().toISOString() };
    return { days: [...was.days.filter((one) => one.on !== on), next].toSorted((a, b) => a.on.localeCompare(b.on)) };
  }),
  move_trial_photo: ({ trial, photo, from, to, at }) => change(trial, (was) => {
    const days = was.days.map((one) => (one.on === from ? { ...one, photos: one.photos.filter((id) => id !== photo) } : one));
    if (to && !days.some((one) => one.on === to)) days.push({ on: String(to), text: "", photos: [], ratings: [], edits: 0, written_at: new Date().toISOString(), late: false, updated_at: new Date().toISOString() });
    return { days: days.map((one) => (one.on === to ? { ...one, photos: one.photos.toSpliced(Number(at ?? one.photos.length), 0, Number(photo)) } : one)).toSorted((a, b) => a.on.localeCompare(b.on)) };
  }),
  list_trial_edits: () => [{ text: "室外两小时没补，没有晒红。", ratings: [], replaced_at: new Date(Date.now() - 6 * 86_400_000).toISOString() }, { text: "", ratings: [{ scale: "控油", value: 5 }], replaced_at: new Date(Date.now() - 5 * 86_400_000).toISOString() }],
  list_verdict_edits: ({ trial }) => (trials.find((one) => one.id === trial)?.verdict ? [{ verdict: "mixed", text: "第一罐喝着淡，先看人。", finished_on: day(20), replaced_at: new Date(Date.now() - 9 * 86_400_000).toISOString() }] : []),
  edit_trial: ({ id, patch }) => change(id, () => patch as Partial<Trial>),
  remove_trial: ({ id }) => { trials.splice(trials.findIndex((one) => one.id === id), 1); return null; },
  reopen_trial: ({ id }) => change(id, () => ({ verdict: null, finished_on: null })),
  suggest_days: () => [],
  accept_days: () => [],
  list_scales: () => ["控油", "不泛红", "成膜", "不搓泥", "不假白", "好用", "值不值"],
  rename_scale: ({ trial, from, to }) => change(trial, (was) => ({ days: was.days.map((one) => ({ ...one, ratings: one.ratings.map((rating) => (rating.scale === from ? { ...rating, scale: String(to) } : rating)) })) })),
  add_shortcoming: ({ trial, input }) => change(trial, (was) => { const made = flaw(Date.now(), (input as NewFlaw).text, 0); return { flaws: [...was.flaws, made], shortcomings: [...was.shortcomings, made.text] }; }),
  edit_shortcoming: ({ trial, id, patch }) => change(trial, (was) => ({ flaws: was.flaws.map((one) => (one.id === id ? { ...one, ...(patch as object) } : one)) })),
  remove_shortcoming: ({ trial, text }) => change(trial, (was) => ({ flaws: was.flaws.filter((one) => one.text !== text), shortcomings: was.shortcomings.filter((one) => one !== text) })),
  export_trial: ({ out }) => ({ path: out, pages: 6, pictures: 7, failed: [{ photo: 3, reason: "找不到文件 photos/ab/ab12.jpg，可能被移动或删除了。" }] }),
  finish_trial: ({ trial, verdict, text, on }) => change(trial, () => ({ verdict: verdict as Trial["verdict"], verdict_text: String(text), finished_on: (on as string | null) ?? day(0) })),
};
