import { describe, expect, it } from "vitest";
import { findWords, spotOf } from "./spot";

const text = "用了 21 天，每天早上两泵。\n缺点也要说：叠粉底会搓泥，等三分钟再上妆。";

describe("a hit is found again in its text", () => {
  it("by what was typed, whatever its case, over the end of a line", () => {
    expect(spotOf(text, "叠粉底会搓泥")).toEqual({ at: text.indexOf("叠"), length: 6 });
    expect(spotOf("SPF 50 防晒", "spf")).toEqual({ at: 0, length: 3 });
  });
  it("by the words the index showed, where it was found by its sound", () => {
    const words = findWords("…缺点也要说：叠粉底会搓泥，等三分…", "cuoni");
    expect(spotOf(text, words)?.at).toBe(text.indexOf("缺点"));
    expect(findWords("叠粉底会搓泥", "搓泥")).toBe("搓泥");
  });
  it("and says so when it is not there", () => {
    expect(spotOf(text, "防水")).toBeUndefined();
  });
});
