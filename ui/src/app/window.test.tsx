import { describe, expect, it } from "vitest";
import type { Job } from "../ipc";
import { sentence } from "./JobTray";
import { answers } from "./Palette";

const job = (over: Partial<Job>): Job => ({ job: 1, failed: 0, kind: "import_photos", done: 128, total: 200, note: "", state: "running", ...over });

describe("the tray", () => {
  it("says how far it is and what could not be done", () => {
    expect(sentence(job({ failed: 2 }))).toBe("正在导入照片 128 / 200，2 个没成");
    expect(sentence(job({ total: null, done: 1280 }))).toBe("正在导入照片 1,280");
    expect(sentence(job({ state: "cancelled" }))).toBe("停下了，做完的都留着 128 / 200");
  });
  it("has words for a kind of work it does not know", () => {
    expect(sentence(job({ kind: "something_new", done: 0, total: null }))).toBe("正在处理");
  });
});

describe("the palette", () => {
  const item = { id: "1", title: "云感防晒乳", note: "好物", words: "yungan fangshairu ygfsr", run: () => {} };
  it("answers to Chinese, to pinyin and to initials, each word anywhere", () => {
    for (const typed of ["防晒", "fangshai", "YGF", "好物 云感"]) expect(answers(item, typed)).toBe(true);
    expect(answers(item, "面霜")).toBe(false);
  });
});
