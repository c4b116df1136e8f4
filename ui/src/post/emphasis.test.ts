import { commonmarkLanguage } from "@codemirror/lang-markdown";
import type { MarkdownParser } from "@lezer/markdown";
import { expect, it } from "vitest";
import table from "../../../tests/fixtures/writing/emphasis.json";
import { chinese } from "./emphasis";

type Case = { text: string; marks: [string, string][] };
const cases = table as Case[];
const parser = (commonmarkLanguage.parser as MarkdownParser).configure(chinese);
const names: Record<string, string> = { StrongEmphasis: "strong", Emphasis: "em", Strikethrough: "strike" };

/** What the editor would show as bold, slanted and struck, with the words in it. */
function marked(text: string): [string, string][] {
  const marks: [string, string][] = [];
  const open: number[] = [];
  let from = 0;
  const take = (to: number) => {
    const words = text.slice(from, to).replace(/\n/g, "");
    for (const at of open) { const mark = marks[at]; if (mark) mark[1] += words; }
    from = Math.max(from, to);
  };
  parser.parse(text).iterate({
    enter(node) {
      take(node.from);
      const name = names[node.name];
      if (name) { open.push(marks.length); marks.push([name, ""]); }
    },
    leave(node) {
      if (/Mark$|^URL$/.test(node.name)) from = Math.max(from, node.to);
      take(node.to);
      if (names[node.name]) open.pop();
    },
  });
  return marks;
}

it("shows as marked what the core marks", () => {
  expect(cases.length).toBeGreaterThan(60);
  expect(cases.map(({ text }) => [text, marked(text)])).toEqual(cases.map(({ text, marks }) => [text, marks]));
});
