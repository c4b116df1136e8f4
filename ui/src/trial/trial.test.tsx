import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Trial } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { msToDay } from "../kit";
import { useBadge } from "./badge";
import { shift } from "./days";
import TrialDetail from "./Detail";
import TrialPage from "./Page";

const show = (path: string) => open(path, { "/trial/$id": TrialDetail });
const Badge = () => <p>等一句话的：{useBadge()}</p>;

const today = msToDay(Date.now());
const logged = vi.fn();
let trial: Trial;

beforeEach(() => {
  logged.mockReset();
  trial = {
    id: 1, product: 7, product_name: "云感防晒乳", acquired: "sample", started_on: shift(today, -7), finished_on: null, verdict: null, verdict_text: "", shortcomings: [], created_at: "", updated_at: "",
    days: [{ on: shift(today, -7), text: "拆箱", photos: [31], ratings: [{ scale: "控油", value: 4 }], edits: 0, updated_at: "" }],
  };
  startPreview([{
    list_trials: () => [trial], get_trial: () => trial, list_products: () => [], list_photos: () => [],
    log_trial: ({ day }) => { logged(day); return trial; }, start_trial: () => trial,
    add_shortcoming: ({ text }) => (trial = { ...trial, shortcomings: [...trial.shortcomings, String(text)] }),
  }]);
});
afterEach(cleanup);

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
  await screen.findByText("7 天没记");
  await screen.findByText("等一句话的：1");
});
