import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useEffect } from "react";
import { followChanges, type Todo, type Trial } from "../ipc";
import { emit, startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { msToDay } from "../kit";
import { useBadge } from "./badge";
import { shift } from "./days";
import TrialDetail from "./Detail";
import TrialPage from "./Page";

/** What the core says it changed is asked again, as in the window. */
function Follow() { const client = useQueryClient(); useEffect(() => followChanges(client), [client]); return null; }
const show = (path: string) => open(path, { "/trial/$id": TrialDetail }, <Follow />);
const Badge = () => <p>等一句话的：{useBadge()}</p>;

const today = msToDay(Date.now());
const logged = vi.fn();
const admitted = vi.fn();
const finished = vi.fn();
let trial: Trial;
let waiting: Todo[];

beforeEach(() => {
  for (const spy of [logged, admitted, finished]) spy.mockReset();
  waiting = [{ kind: "trial_day", id: 1, about: 7, title: "云感防晒乳", days: 7, missing: [shift(today, -6), shift(today, -5)], cover: null }];
  trial = {
    id: 1, product: 7, product_name: "云感防晒乳", acquired: "sample", started_on: shift(today, -7), finished_on: null, verdict: null, verdict_text: "", acquired_from: "", paid: null, currency: "CNY", receipt: null, ends_on: null, rhythm: 1, scales: ["控油"], shortcomings: [], flaws: [], before: null, after: null, created_at: "", updated_at: "",
    days: [{ on: shift(today, -7), text: "拆箱", photos: [31], ratings: [{ scale: "控油", value: 4 }], edits: 0, written_at: "", late: false, updated_at: "" }],
  };
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [],
    log_trial: ({ day }) => { logged(day); return trial; }, start_trial: () => trial,
    list_scales: () => ["控油", "不泛红"], get_today: () => ({ todos: waiting }),
    add_shortcoming: ({ input }) => { admitted(input); return trial; }, finish_trial: (said) => { finished(said); return trial; }, remove_trial: () => { throw { code: "conflict", message: "内容「七天」用到了它，没有删除。", field: null }; },
    list_trial_edits: () => [{ text: "一点也不油", ratings: [{ scale: "控油", value: 2 }], replaced_at: "2026-11-20T08:00:00+08:00" }],
  }]);
});
afterEach(() => { cleanup(); notifications.clean(); vi.useRealTimers(); });
/** A core that knows this trial and nothing else, for tests that say the rest. */
const quiet = { get_trial: () => trial, list_trials: () => [trial], list_products: () => [], get_photos: () => [] as unknown[], list_photos: () => [], list_scales: () => [], get_today: () => ({ todos: [] }), suggest_days: () => [] as unknown[], log_trial: ({ day }: Record<string, unknown>) => { logged(day); return trial; } };
const undo = async (said: string) => fireEvent.click(within(await screen.findByText(said)).getByText("撤销"));

it("today's note keeps itself when the field is left", async () => {
  show("/trial/1");
  const note = await screen.findByTestId("trial-log-text");
  fireEvent.change(note, { target: { value: "下午开始出油" } });
  expect(logged).not.toHaveBeenCalled();
  fireEvent.blur(note);
  await waitFor(() => expect(logged).toHaveBeenCalledWith({ on: today, text: "下午开始出油", ratings: [] }));
});

it("says how many days are silent and lets one of them be filled in", async () => {
  show("/trial/1");
  await screen.findByText(/六天没有记录/);
  fireEvent.click(screen.getByRole("button", { name: "补记" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: "写这一天" }));
  const late = await screen.findByTestId(`trial-log-text-${shift(today, -1)}`);
  fireEvent.change(late, { target: { value: "补一句" } });
  fireEvent.blur(late);
  await waitFor(() => expect(logged).toHaveBeenCalledWith({ on: shift(today, -1), text: "补一句", ratings: [] }));
});

it("offers the scales used before, and a star goes into the same note", async () => {
  show("/trial/1");
  await screen.findByTestId("trial-log-text");
  const [scale] = screen.getAllByRole("group", { name: "控油" });
  fireEvent.click(within(scale as HTMLElement).getByRole("button", { name: "3" }));
  const note = screen.getByTestId("trial-log-text");
  fireEvent.change(note, { target: { value: "还行" } });
  fireEvent.blur(note);
  await waitFor(() => expect(logged).toHaveBeenCalledWith({ on: today, text: "还行", ratings: [{ scale: "控油", value: 3 }] }));
});

it("counts in the navigation the trials that wait for a word, and says it on the card", async () => {
  open("/trial", { "/trial": TrialPage }, <Badge />);
  await screen.findByText("2 天该记没记");
  await screen.findByText("等一句话的：1");
});

it("asks once before a recommendation without any shortcoming, and does not block it", async () => {
  show("/trial/1?finish");
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByText("推荐"));
  fireEvent.click(within(dialog).getByTestId("trial-finish-save"));
  await within(dialog).findByText(/看的人会起疑/);
  expect(finished).not.toHaveBeenCalled();
  fireEvent.click(within(dialog).getByRole("button", { name: "没有缺点，就这样推荐" }));
  await waitFor(() => expect(finished).toHaveBeenCalledWith({ trial: 1, verdict: "recommend", text: "", on: null }));
});

it("takes the shortcoming that was asked for before it keeps the verdict", async () => {
  show("/trial/1?finish");
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByText("推荐"));
  fireEvent.change(within(dialog).getByTestId("trial-finish-flaw"), { target: { value: "有点贵" } });
  fireEvent.click(within(dialog).getByTestId("trial-finish-save"));
  await waitFor(() => expect(finished).toHaveBeenCalled());
  expect(admitted).toHaveBeenCalledWith({ text: "有点贵" });
});

it("opens the missing day that 今日 names, and no day before the trial", async () => {
  show(`/trial/1?late=${shift(today, -5)}`);
  await screen.findByTestId(`trial-log-text-${shift(today, -5)}`);
  cleanup();
  show(`/trial/1?late=${shift(today, -9)}`);
  await screen.findByTestId("trial-log-text");
  expect(screen.queryByTestId(`trial-log-text-${shift(today, -9)}`)).toBeNull();
});

it("says of a late note when it was really written, and shows what was written before", async () => {
  trial = { ...trial, days: trial.days.map((day) => ({ ...day, late: true, written_at: `${shift(today, -2)}T08:30:00`, edits: 1 })) };
  show("/trial/1");
  await screen.findByText(/8:30 补记/);
  fireEvent.click(screen.getByRole("button", { name: "改过 1 次" }));
  await screen.findByText("一点也不油");
  expect(screen.getByText("★★").parentElement?.textContent).toBe("控油 ★★☆☆☆");
});

it("keeps a trial that a post rests on and says which post", async () => {
  show("/trial/1");
  fireEvent.click(await screen.findByRole("button", { name: "更多" }));
  fireEvent.click(await screen.findByText("删掉这次试用"));
  fireEvent.click(await screen.findByRole("button", { name: "删掉" }));
  await screen.findByText(/内容「七天」用到了它/);
});

/** The core's memory of what is not of this trial. */
function refusals(suggested: () => { photos: number[] }[]) {
  const gone = new Set<number>();
  return {
    refuse_trial_photos: ({ photos, refused }: Record<string, unknown>) => { for (const id of photos as number[]) { if (refused) gone.add(id); else gone.delete(id); } return null; },
    suggest_days: () => suggested().map((day) => ({ ...day, photos: day.photos.filter((id) => !gone.has(id)) })).filter((day) => day.photos.length > 0),
  };
}

it("offers the photos of a day by the camera's clock, takes them in, and does not ask again for what was refused", async () => {
  const taken = vi.fn();
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [], list_scales: () => [], get_today: () => ({ todos: [] }),
    ...refusals(() => [3, 5].map((nth) => ({ trial: 1, product_name: "", on: shift(today, nth - 8), nth, photos: [nth * 10, nth * 10 + 1], why: "only" })).concat({ trial: 2, product_name: "", on: today, nth: 9, photos: [99], why: "only" })),
    accept_days: ({ days }) => { taken(days); return [trial]; },
  }]);
  show("/trial/1");
  const box = await screen.findByRole("region", { name: "像是这次试用拍的照片" });
  expect(within(box).getAllByText(/收进来？/)).toHaveLength(2);
  fireEvent.click(within(box).getByTestId(`trial-take-${shift(today, -5)}`));
  await waitFor(() => expect(taken).toHaveBeenCalledWith([{ trial: 1, on: shift(today, -5), photos: [30, 31] }]));
  for (const no of within(box).getAllByRole("button", { name: "都不是" })) fireEvent.click(no);
  await waitFor(() => expect(screen.queryByRole("region", { name: "像是这次试用拍的照片" })).toBeNull());
  cleanup();
  show("/trial/1");
  await screen.findByTestId("trial-log-text");
  expect(screen.queryByRole("region", { name: "像是这次试用拍的照片" })).toBeNull();
});

const shot = (id: number) => ({ id, width: 3, height: 4, taken_at: `${shift(today, -6)}T08:00:00+08:00`, camera: "", source: "own", made: false, edited: 0, caption: "" });

it("carries a photo to another day by keys, and back to its place", async () => {
  const moved = vi.fn();
  trial = { ...trial, days: [...trial.days, { ...(trial.days[0] as Trial["days"][number]), on: shift(today, -5), text: "第三天", photos: [32, 33] }] };
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [], list_photos: () => [shot(31), shot(32), shot(33), shot(40)], list_scales: () => [], get_today: () => ({ todos: [] }), suggest_days: () => [],
    move_trial_photo: (args) => { moved(args); return trial; },
  }]);
  show("/trial/1");
  const photo = await screen.findByRole("button", { name: /^第 3 天的第 2 张照片/ });
  photo.focus();
  for (const key of [" ", "ArrowDown", " "]) fireEvent.keyDown(photo, { key });
  await waitFor(() => expect(moved).toHaveBeenCalledWith({ trial: 1, photo: 33, from: shift(today, -5), to: shift(today, -7), at: null }));
  fireEvent.click(await screen.findByText("撤销"));
  await waitFor(() => expect(moved).toHaveBeenLastCalledWith({ trial: 1, photo: 33, from: shift(today, -7), to: shift(today, -5), at: 1 }));
  // Escape puts it back, and what is on no day waits in its tray.
  moved.mockClear();
  for (const key of [" ", "ArrowUp", "Escape"]) fireEvent.keyDown(photo, { key });
  const tray = await screen.findByTestId("trial-undated");
  expect(within(tray).getAllByLabelText(/^还没归到哪天的照片/).map((one) => one.getAttribute("aria-label"))).toEqual(["还没归到哪天的照片 40，第 2 天拍的"]);
  expect(moved).not.toHaveBeenCalled();
});

it("takes a photo off its day into the tray, and does not suggest it for that day again", async () => {
  const moved = vi.fn();
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [], list_photos: () => [shot(31)], list_scales: () => [], get_today: () => ({ todos: [] }),
    ...refusals(() => [{ trial: 1, product_name: "", on: shift(today, -7), nth: 1, photos: [31], why: "trial" }].filter(() => trial.days[0]?.photos.length === 0)),
    move_trial_photo: (args) => { moved(args); return (trial = { ...trial, days: trial.days.map((day) => ({ ...day, photos: [] })) }); },
  }]);
  show("/trial/1");
  fireEvent.click(await screen.findByLabelText("第 1 天第 1 张照片的更多"));
  fireEvent.click(await screen.findByText("从这天拿掉"));
  await waitFor(() => expect(moved).toHaveBeenCalledWith({ trial: 1, photo: 31, from: shift(today, -7), to: null, at: null }));
  await screen.findByTestId("trial-undated");
  expect(screen.queryByLabelText("像是这次试用拍的照片")).toBeNull();
});

it("lets scales be chosen, given up with a way back, and renamed", async () => {
  const edited = vi.fn();
  const renamed = vi.fn();
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [], list_photos: () => [], list_scales: () => ["控油", "成膜"], get_today: () => ({ todos: [] }), suggest_days: () => [],
    edit_trial: ({ patch }) => { edited(patch); return (trial = { ...trial, ...(patch as object) }); },
    rename_scale: (args) => { renamed(args); return trial; },
  }]);
  show("/trial/1");
  fireEvent.click(await screen.findByTestId("trial-scales"));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByText("成膜"));
  await waitFor(() => expect(edited).toHaveBeenCalledWith({ scales: ["控油", "成膜"] }));
  fireEvent.click(await within(dialog).findByRole("button", { name: "不再打「控油」" }));
  await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ scales: ["成膜"] }));
  await within(dialog).findByText("控油 · 1 天");
  fireEvent.click(await screen.findByText("撤销"));
  await waitFor(() => expect(edited).toHaveBeenLastCalledWith({ scales: ["控油", "成膜"] }));
  const name = await within(dialog).findByLabelText("「成膜」的名字");
  fireEvent.change(name, { target: { value: "成膜快" } });
  fireEvent.keyDown(name, { key: "Enter" });
  await waitFor(() => expect(renamed).toHaveBeenCalledWith({ trial: 1, from: "成膜", to: "成膜快" }));
});

it("puts photos on the day they were dropped on, whichever import is done first", async () => {
  const done = new Map<string, () => void>();
  startPreview([quiet, {
    import_photos: ({ input }) => { const path = String((input as { paths: string[] }).paths[0]); return new Promise((yes) => done.set(path, () => yes({ imported: [{ ...shot(path === "A" ? 51 : 52), kind: "picture" }], duplicates: [], rejected: [], cancelled: false, stopped: null, left: 0 }))); },
  }]);
  show("/trial/1");
  await screen.findByTestId("trial-log-text");
  let spot: Element | null = null;
  document.elementFromPoint = () => spot;
  for (const [path, day] of [["A", today], ["B", shift(today, -7)]] as const) {
    spot = document.querySelector(`[data-day="${day}"]`);
    await emit("tauri://drag-drop", { paths: [path], position: { x: 1, y: 1 } });
    await waitFor(() => expect(done.has(path)).toBe(true));
  }
  done.get("B")?.();
  await waitFor(() => expect(logged).toHaveBeenLastCalledWith({ on: shift(today, -7), text: "", photos: [52] }));
  done.get("A")?.();
  await waitFor(() => expect(logged).toHaveBeenLastCalledWith({ on: today, text: "", photos: [51] }));
});

it("looks at a suggested photo without refusing it; what was refused or taken in can be taken back", async () => {
  const taken = vi.fn();
  const moved = vi.fn();
  const edited = vi.fn();
  let on: number[] = [];
  const now = () => ({ ...trial, days: [...trial.days, { ...(trial.days[0] as Trial["days"][number]), on: shift(today, -6), photos: on }] });
  startPreview([quiet, {
    get_trial: now, get_photos: ({ ids }) => (ids as number[]).map((id) => ({ ...shot(id), product: id === 61 ? 7 : null, trial: null })),
    ...refusals(() => (on.length ? [] : [{ trial: 1, product_name: "", on: shift(today, -6), nth: 2, photos: [60, 61], why: "only" }])),
    accept_days: ({ days }) => { taken(days); on = [60, 61]; return [now()]; },
    move_trial_photo: (args) => { moved(args); on = on.filter((id) => id !== args.photo); return now(); }, edit_photos: (args) => { edited(args); return []; },
  }]);
  show("/trial/1");
  fireEvent.click(await screen.findByRole("button", { name: "放大看照片 60" }));
  expect((await screen.findByRole("dialog")).querySelector("img")?.getAttribute("src")).toContain("60");
  fireEvent.click(screen.getByRole("button", { name: "关上" }));
  fireEvent.click(await screen.findByRole("button", { name: "照片 60 不是这次试用的，去掉这张" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "放大看照片 60" })).toBeNull());
  await undo("这张不再提了");
  await screen.findByRole("button", { name: "放大看照片 60" });
  fireEvent.click(screen.getByTestId(`trial-take-${shift(today, -6)}`));
  await waitFor(() => expect(taken).toHaveBeenCalledWith([{ trial: 1, on: shift(today, -6), photos: [60, 61] }]));
  await undo("2 张收进了第 2 天");
  await waitFor(() => expect(edited.mock.calls).toEqual([[{ ids: [60], patch: { product: null, trial: null } }], [{ ids: [61], patch: { product: 7, trial: null } }]]));
  expect(moved.mock.calls.map(([args]) => args)).toEqual([60, 61].map((photo) => ({ trial: 1, photo, from: shift(today, -6), to: null, at: null })));
});

it("keeps what is written over midnight on the day it was begun, and begins the next day empty", async () => {
  startPreview([quiet]);
  show("/trial/1");
  fireEvent.change(await screen.findByTestId("trial-log-text"), { target: { value: "睡前又涂了一次" } });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_000 });
  await emit("changed", { nouns: ["trial"] });
  fireEvent.keyDown(window, { key: "c" });
  await waitFor(() => expect(logged).toHaveBeenCalledWith({ on: today, text: "睡前又涂了一次", ratings: [] }));
  expect((screen.getByTestId("trial-log-text") as HTMLTextAreaElement).value).toBe("");
  expect(logged).toHaveBeenCalledTimes(1);
});

it("brings a shortcoming that went away back as one that went away", async () => {
  const amended = vi.fn();
  const flaw = { id: 4, text: "有点闷", on: shift(today, -6), photo: null, severity: 3, resolved_on: shift(today, -2), created_at: "" };
  trial = { ...trial, flaws: [flaw] };
  startPreview([quiet, {
    remove_shortcoming: () => (trial = { ...trial, flaws: [] }), add_shortcoming: ({ input }) => (trial = { ...trial, flaws: [{ ...flaw, ...(input as object), id: 5, resolved_on: null }] }),
    edit_shortcoming: (args) => { amended(args); return trial; },
  }]);
  show("/trial/1");
  fireEvent.click(await screen.findByRole("button", { name: "「有点闷」的更多" }));
  fireEvent.click(await screen.findByText("拿掉"));
  await undo("拿掉了「有点闷」");
  await waitFor(() => expect(amended).toHaveBeenCalledWith({ trial: 1, id: 5, patch: { resolved_on: shift(today, -2) } }));
});

it("takes the last feeling of a day back where photos speak for it, and says that a day cannot be emptied where none do", async () => {
  const [day] = trial.days as [Trial["days"][number]];
  trial = { ...trial, days: [{ ...day, text: "" }, { ...day, on: shift(today, -5), text: "", photos: [] }] };
  startPreview([quiet]);
  show("/trial/1");
  const stars = (on: string) => within(document.querySelector(`[data-day="${on}"]`) as HTMLElement).getByRole("group", { name: "控油" });
  await screen.findByTestId("trial-log-text");
  fireEvent.click(within(stars(shift(today, -5))).getByRole("button", { name: "4" }));
  await screen.findByText("全空着记不下，原来的还留着");
  fireEvent.click(within(stars(day.on)).getByRole("button", { name: "4" }));
  fireEvent.blur(screen.getByTestId(`trial-log-text-${day.on}`));
  await waitFor(() => expect(logged).toHaveBeenCalledWith({ on: day.on, text: "", ratings: [] }));
  expect(logged).toHaveBeenCalledTimes(1);
});

it("begins the picture of before and after as a pair", async () => {
  trial = { ...trial, days: [...trial.days, { ...(trial.days[0] as Trial["days"][number]), on: shift(today, -5), photos: [32] }] };
  startPreview([quiet]);
  const router = open("/trial/1", { "/trial/$id": TrialDetail, "/composition": () => <p>studio</p> });
  fireEvent.click(await screen.findByTestId("trial-compose"));
  await screen.findByText("studio");
  expect(router.state.location.search).toMatchObject({ photos: "31.32", kind: "pair" });
});

it("does not say that a scale was given up when that failed", async () => {
  startPreview([quiet, { edit_trial: () => { throw { code: "io", message: "磁盘满了，没有保存。", field: null }; } }]);
  show("/trial/1");
  fireEvent.click(await screen.findByTestId("trial-scales"));
  fireEvent.click(await screen.findByRole("button", { name: "不再打「控油」" }));
  await screen.findByText("磁盘满了，没有保存。");
  expect(screen.queryByText(/不再打了，以前打的分都留着/)).toBeNull();
});

it("plays a clip in the large view, and shows a picture as one", async () => {
  trial = { ...trial, days: trial.days.map((day) => ({ ...day, photos: [31, 32] })) };
  startPreview([quiet, { get_photos: ({ ids }) => (ids as number[]).map((id) => ({ ...shot(id), kind: id === 31 ? "clip" : "picture", format: "mp4" })) }]);
  show("/trial/1");
  fireEvent.click(await screen.findByRole("button", { name: /^第 1 天的第 1 张照片/ }));
  expect((await within(await screen.findByRole("dialog")).findByTestId("photo-clip")).tagName).toBe("VIDEO");
  fireEvent.click(screen.getByRole("button", { name: "关上" }));
  fireEvent.click(screen.getByRole("button", { name: /^第 1 天的第 2 张照片/ }));
  await waitFor(() => expect(screen.getByRole("dialog").querySelector("img")?.getAttribute("src")).toContain("32"));
  expect(screen.queryByTestId("photo-clip")).toBeNull();
});

it("shows what the verdict was before, also when it was taken back", async () => {
  const before = { verdict: "recommend", text: "油皮推荐", finished_on: shift(today, -9), replaced_at: new Date().toISOString() };
  startPreview([quiet, { get_trial: () => ({ ...trial, verdict: null }), list_verdict_edits: () => [before] }]);
  show("/trial/1");
  await screen.findByText("收回了，还没有新的。");
  fireEvent.click(screen.getByRole("button", { name: "改过 1 次" }));
  const past = await screen.findByRole("list", { name: "以前的结论" });
  expect(past.textContent).toContain("推荐");
  expect(past.textContent).toContain("油皮推荐");
});

it("compares two different photos: the one from the other side changes places", async () => {
  const edited = vi.fn();
  const photos = [31, 32, 33];
  trial.days[0]!.photos = photos;
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], get_photos: () => [], get_photo: ({ id }) => ({ id }), list_scales: () => [], get_today: () => ({ todos: [] }),
    edit_trial: ({ patch }) => { edited(patch); Object.assign(trial, patch); return trial; },
  }]);
  show("/trial/1");
  fireEvent.click(await screen.findByRole("button", { name: /^换一张之前的/ }));
  const dialog = await screen.findByRole("dialog", { name: "之前的用哪张" });
  const other = within(dialog).getByRole("button", { name: /在另一边/ });
  fireEvent.click(other);
  await waitFor(() => expect(edited).toHaveBeenCalledWith({ before: 32, after: 31 }));
  expect(new Set([trial.before, trial.after]).size).toBe(2);
});
