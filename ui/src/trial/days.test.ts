import { describe, expect, it } from "vitest";
import type { Day, Trial } from "../ipc";
import { daysWithout, inWords, nthDay, provenDays, shift, stretches } from "./days";

const day = (on: string, text = "记了"): Day => ({ on, text, photos: [], ratings: [], edits: 0, written_at: "", late: false, updated_at: "" });
const trial = (days: Day[], over: Partial<Trial> = {}): Trial =>
  ({ id: 1, product: 1, product_name: "云感防晒乳", acquired: "bought", started_on: "2026-11-01", finished_on: null, verdict: null, verdict_text: "", acquired_from: "", paid: null, currency: "CNY", receipt: null, ends_on: null, rhythm: 2, scales: [], flaws: [], before: null, after: null, days, shortcomings: [], created_at: "", updated_at: "", ...over });
const short = (found: ReturnType<typeof stretches>) => found.map((one) => (one.kind === "day" ? one.on.slice(8) : `${one.from.slice(8)}-${one.to.slice(8)}×${one.count}`));

describe("the stretches of a trial", () => {
  it("run from today back to the first day, with every gap counted", () => {
    const one = trial([day("2026-11-01"), day("2026-11-09"), day("2026-11-14")]);
    expect(short(stretches(one, "2026-11-21"))).toEqual(["21", "15-20×6", "14", "10-13×4", "09", "02-08×7", "01"]);
  });
  it("show today as a day to be written, never as missing", () => {
    expect(short(stretches(trial([]), "2026-11-01"))).toEqual(["01"]);
    expect(short(stretches(trial([]), "2026-11-03"))).toEqual(["03", "01-02×2"]);
  });
  it("end with the trial when it is finished", () => {
    expect(short(stretches(trial([day("2026-11-01")], { finished_on: "2026-11-04" }), "2026-11-21"))).toEqual(["02-04×3", "01"]);
  });
  it("open a day in a gap that is being filled in", () => {
    expect(short(stretches(trial([day("2026-11-01"), day("2026-11-05")]), "2026-11-05", ["2026-11-03"]))).toEqual(["05", "04-04×1", "03", "02-02×1", "01"]);
  });
  it("keep days beside each other across months", () => {
    expect(shift("2026-02-28", 1)).toBe("2026-03-01");
    expect(nthDay({ started_on: "2026-10-30" }, "2026-11-02")).toBe(4);
  });
});

describe("what a trial may claim", () => {
  it("ends with the last day on record, however long ago it began", () => {
    expect(provenDays(trial([day("2026-11-01"), day("2026-11-14")]))).toBe(14);
    expect(provenDays(trial([]))).toBe(0);
  });
  it("does not count a day whose note was emptied", () => {
    expect(provenDays(trial([day("2026-11-01"), day("2026-11-14", " ")]))).toBe(1);
  });
  it("counts silence from the last word, and today's word ends it", () => {
    expect(daysWithout(trial([day("2026-11-01")]), "2026-11-04")).toBe(3);
    expect(daysWithout(trial([day("2026-11-04")]), "2026-11-04")).toBe(0);
  });
});

it("writes counts as people say them", () => {
  expect([1, 2, 6, 10, 12, 20, 21, 99, 120].map(inWords)).toEqual(["一", "两", "六", "十", "十二", "二十", "二十一", "九十九", "120"]);
});
