import { describe, expect, it } from "vitest";
import { diff } from "./diff";
import { onOwnLine, refer, references, topic } from "./reference";

describe("references", () => {
  it("finds each kind with its place in UTF-16, as the editor counts", () => {
    const text = "😀![第 7 天](photo:12) 花了[到手价](price:3)，[](review:5)";
    const found = references(text, 100);
    expect(found.map(({ kind, id, words }) => [kind, id, words])).toEqual([["photo", 12, "第 7 天"], ["price", 3, "到手价"], ["review", 5, ""]]);
    for (const ref of found) expect(references(text.slice(ref.from - 100, ref.to - 100))).toHaveLength(1);
  });
  it("writes what it reads, whatever the words hold", () => {
    expect(references(refer.photo(1, "第 [1] 天\n自拍"))[0]).toMatchObject({ kind: "photo", id: 1, words: "第  1  天 自拍" });
    expect(references(refer.link(8, "购买"))[0]).toMatchObject({ kind: "link", id: 8, words: "购买" });
  });
  it("leaves ordinary links and pictures alone", () => {
    expect(references("[官网](https://a.b) ![x](http://a/b.png) [x](photo:1)")).toEqual([]);
  });
  it("knows topics from headings", () => {
    expect([..."# 标题\n#通勤防晒 真好，#油皮。a#b".matchAll(topic)].map((hit) => hit[2])).toEqual(["通勤防晒", "油皮"]);
  });
  it("gives a photo a line of its own without tearing a sentence", () => {
    expect(onOwnLine("P", "一句话。", "", true)).toBe("\n\nP");
    expect(onOwnLine("P", "", "后面", true)).toBe("P\n\n");
    expect(onOwnLine("P", "", "", false)).toBe("P\n\n");
  });
});

describe("what changed between versions", () => {
  it("points at sentences", () => {
    expect(diff("甲。乙。丙。", "甲。丁。丙。")).toEqual([{ kind: "same", text: "甲。" }, { kind: "gone", text: "乙。" }, { kind: "new", text: "丁。" }, { kind: "same", text: "丙。" }]);
  });
  it("can be read back as both texts", () => {
    const [a, b] = ["用了七天。不油\n泵头会出多！", "先说缺点：用了七天。很油\n\n泵头会出多！回购。"];
    const pieces = diff(a, b);
    expect(pieces.filter((one) => one.kind !== "new").map((one) => one.text).join("")).toBe(a);
    expect(pieces.filter((one) => one.kind !== "gone").map((one) => one.text).join("")).toBe(b);
  });
});
