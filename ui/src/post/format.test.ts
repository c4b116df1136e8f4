import { EditorState, type StateCommand } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { bold, heading, italic, link, list } from "./format";

/** A text with its selection between ‹ and ›, or its cursor at ¦, after a command; written the same way. */
function after(command: StateCommand, written: string): string {
  const bare = written.replace(/[‹›¦]/g, "");
  const cursor = written.indexOf("¦");
  const [anchor, head] = cursor >= 0 ? [cursor, cursor] : [written.indexOf("‹"), written.indexOf("›") - 1];
  let state = EditorState.create({ doc: bare, selection: { anchor, head } });
  command({ state, dispatch: (tr) => { state = tr.state; } });
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  return from === to ? `${text.slice(0, from)}¦${text.slice(from)}` : `${text.slice(0, from)}‹${text.slice(from, to)}›${text.slice(to)}`;
}

describe("marks", () => {
  it("go around what is selected, and away again", () => {
    expect(after(bold, "叠粉底‹会搓泥›，等三分钟")).toBe("叠粉底**‹会搓泥›**，等三分钟");
    expect(after(bold, "叠粉底**‹会搓泥›**，等三分钟")).toBe("叠粉底‹会搓泥›，等三分钟");
    expect(after(bold, "叠粉底‹**会搓泥**›")).toBe("叠粉底‹会搓泥›");
  });
  it("never stand against a blank, or they would not be seen", () => {
    expect(after(bold, "很‹ 清爽 ›的")).toBe("很 **‹清爽›** 的");
  });
  it("wait around the cursor when nothing is selected", () => {
    expect(after(bold, "说¦")).toBe("说**¦**");
  });
  it("of the other kind stay", () => {
    expect(after(italic, "很**‹清爽›**的")).toBe("很***‹清爽›***的");
    expect(after(italic, "很*‹清爽›*的")).toBe("很‹清爽›的");
  });
});

describe("a link", () => {
  it("asks for what is missing: the address of words, the words of an address", () => {
    expect(after(link, "看‹官网›")).toBe("看[官网](¦)");
    expect(after(link, "看‹https://a.cn/b›")).toBe("看[¦](https://a.cn/b)");
    expect(after(link, "看¦")).toBe("看[¦]()");
  });
});

describe("lines", () => {
  it("become points or a heading, one in place of the other, and plain again", () => {
    expect(after(list, "‹油皮\n\n干皮›")).toBe("- ‹油皮\n\n- 干皮›");
    expect(after(list, "- ‹油皮\n- 干皮›")).toBe("‹油皮\n干皮›");
    expect(after(heading, "- 缺¦点")).toBe("## 缺¦点");
    expect(after(heading, "¦")).toBe("## ¦");
  });
});
