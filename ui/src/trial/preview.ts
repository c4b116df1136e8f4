import type { Day, NewDay, Trial } from "../ipc";
import type { Preview } from "../ipc/fake";

const empty = typeof location !== "undefined" && location.search.includes("empty");
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const noted = (back: number, text: string, photos: number[], ratings: [string, number][] = [], edits = 0): Day =>
  ({ on: day(back), text, photos, ratings: ratings.map(([scale, value]) => ({ scale, value })), edits, updated_at: new Date(Date.now() - back * 86_400_000).toISOString() });
const trials: Trial[] = empty ? [] : [
  {
    id: 1, product: 1, product_name: "云感防晒乳 50 ml", acquired: "sample", started_on: day(20), finished_on: null, verdict: null, verdict_text: "", shortcomings: ["叠粉底会搓泥", "泵头偶尔一下出多", "下午控油一般"],
    created_at: new Date().toISOString(), updated_at: new Date().toISOString(),
    days: [
      noted(20, "拆箱。小票、批号、寄样约定都拍了。", [8999, 8998], [["不泛红", 2], ["控油", 4]]), noted(12, "叠粉底会搓泥，等三分钟再上好很多。", [], [["不泛红", 3], ["控油", 4]]),
      noted(7, "室外两小时没补，鼻梁微红。", [8995, 8994], [["不泛红", 3], ["控油", 3]], 2), noted(0, "用掉大半支。泵头偶尔一下出多，涂开要快。下班脱妆比第一周少。", [8990, 8991, 8992], [["不泛红", 4], ["控油", 3]]),
    ],
  },
  { id: 2, product: 6, product_name: "手冲咖啡豆 耶加雪菲", acquired: "bought", started_on: day(9), finished_on: null, verdict: null, verdict_text: "", shortcomings: [], created_at: "", updated_at: "", days: [noted(9, "开袋就是柠檬皮的味道。", [8980]), noted(4, "第五天，酸下去了，甜出来。", [8981, 8982])] },
  { id: 3, product: 4, product_name: "厚棉家居袜 五双", acquired: "gift", started_on: day(3), finished_on: null, verdict: null, verdict_text: "", shortcomings: [], created_at: "", updated_at: "", days: [] },
  { id: 4, product: 2, product_name: "小麦精酿 330 ml", acquired: "bought", started_on: day(70), finished_on: day(52), verdict: "recommend", verdict_text: "配烧烤正好，单喝偏淡。", shortcomings: ["泡沫散得快"], created_at: "", updated_at: "", days: [noted(70, "冰了四小时。", [8900]), noted(52, "第六罐，还是配烧烤。", [8901, 8902])] },
  { id: 5, product: 5, product_name: "山茶花护手霜", acquired: "sample", started_on: day(90), finished_on: day(76), verdict: "reject", verdict_text: "香味盖过一切，洗一次手就没了。", shortcomings: ["香味重", "不耐洗"], created_at: "", updated_at: "", days: [noted(90, "香。", [8880])] },
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
  start_trial: ({ input }) => { const made = { ...(trials[2] as Trial), ...(input as object), id: trials.length + 1, started_on: day(0), days: [] }; trials.unshift(made); return made; },
  log_trial: ({ trial, day: said }) => change(trial, (was) => {
    const { on, text, photos = [], ratings = [] } = said as NewDay;
    const old = was.days.find((one) => one.on === on);
    const next: Day = { on, text, ratings, photos: [...(old?.photos ?? []), ...photos.filter((id) => !old?.photos.includes(id))], edits: old ? old.edits + 1 : 0, updated_at: new Date().toISOString() };
    return { days: [...was.days.filter((one) => one.on !== on), next].toSorted((a, b) => a.on.localeCompare(b.on)) };
  }),
  remove_trial_photo: ({ trial, on, photo }) => change(trial, (was) => ({ days: was.days.map((one) => (one.on === on ? { ...one, photos: one.photos.filter((id) => id !== photo) } : one)) })),
  add_shortcoming: ({ trial, text }) => change(trial, (was) => ({ shortcomings: [...was.shortcomings, String(text)] })),
  remove_shortcoming: ({ trial, text }) => change(trial, (was) => ({ shortcomings: was.shortcomings.filter((one) => one !== text) })),
  finish_trial: ({ trial, verdict, text, on }) => change(trial, () => ({ verdict: verdict as Trial["verdict"], verdict_text: String(text), finished_on: (on as string | null) ?? day(0) })),
};
