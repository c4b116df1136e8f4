import { commonmarkLanguage } from "@codemirror/lang-markdown";
import { type InlineContext, type MarkdownConfig, type MarkdownParser, Strikethrough } from "@lezer/markdown";

/** Wide characters of Chinese, Japanese and Korean without the emoji: the ranges of the core's `markdown::chinese`. */
const wide = /[\u1100-\u11ff\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4c6\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffee\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}\u{1f202}\u{1f210}-\u{1f219}\u{1f21b}-\u{1f22e}\u{1f230}\u{1f231}\u{1f237}\u{1f23b}\u{1f240}-\u{1f265}\u{20000}-\u{3fffd}]/u;
const selector = /[\ufe00-\ufe0e\u{e0100}-\u{e01ef}]/u;
const sign = /[\p{P}\p{S}]/u;

type Side = "space" | "mark" | "letter" | "wide" | "wideMark";

const side = (c: string | undefined): Side => {
  if (!c || /\s/.test(c)) return "space";
  if (wide.test(c)) return sign.test(c) ? "wideMark" : "wide";
  return sign.test(c) ? "mark" : "letter";
};

const isWide = (one: Side) => one === "wide" || one === "wideMark";

/** What stands in front of a place: a selector belongs to the character before it. */
function before(cx: InlineContext, at: number): Side {
  const chars = [...cx.slice(Math.max(cx.offset, at - 4), at)];
  const last = chars.pop();
  if (!last || !selector.test(last)) return side(last);
  const real = side(chars.pop());
  return real === "mark" && last === "\ufe01" ? "wideMark" : isWide(real) ? real : side(last);
}

const after = (cx: InlineContext, at: number): Side => side([...cx.slice(at, Math.min(cx.end, at + 2))][0]);

/** Whether a run of marks may open and close, by the CommonMark CJK-friendly amendments. */
function may(mark: string, prev: Side, next: Side): [boolean, boolean] {
  const lets = (one: Side) => one === "space" || one === "mark" || isWide(one);
  const anyMark = (one: Side) => one === "mark" || one === "wideMark";
  const left = next !== "space" && (next !== "mark" || lets(prev));
  const right = prev !== "space" && (prev !== "mark" || lets(next));
  if (mark === "_") return [left && (!right || anyMark(prev)), right && (!left || anyMark(next))];
  return mark === "~" ? [next !== "space", right] : [left, right];
}

/** The same for a reader who knows no Chinese, told with a letter, a mark or a blank. */
function plainMay(mark: string, prev: string, next: string): [boolean, boolean] {
  const left = next !== " " && (next !== "." || prev !== "x");
  const right = prev !== " " && (prev !== "." || next !== "x");
  return mark === "_" ? [left && (!right || prev === "."), right && (!left || next === ".")] : [left, right];
}

// The parser's own rule for emphasis, which asks for the character on either side and is told one that makes it decide as it should.
const parser = commonmarkLanguage.parser as MarkdownParser & { inlineNames?: string[]; inlineParsers?: ((cx: InlineContext, next: number, pos: number) => number)[] };
const own = parser.inlineParsers?.[parser.inlineNames?.indexOf("Emphasis") ?? -1];

function emphasis(cx: InlineContext, next: number, start: number): number {
  if ((next !== 42 && next !== 95) || !own) return -1;
  let end = start + 1;
  while (cx.char(end) === next) end++;
  if (next === 42 && end === start + 1 && isTimes(cx, start)) return -1;
  const mark = String.fromCharCode(next);
  const [prev, then] = [before(cx, start), after(cx, end)];
  if (!isWide(prev) && !isWide(then)) return own(cx, next, start);
  const wish = may(mark, prev, then);
  for (const one of ["x", ".", " "])
    for (const other of ["x", ".", " "]) {
      const told = plainMay(mark, one, other);
      if (told[0] !== wish[0] || told[1] !== wish[1]) continue;
      const guise: InlineContext = Object.create(cx, { slice: { value: (from: number, to: number) => (to === start ? one : from === end ? other : cx.slice(from, to)) } });
      return own(guise, next, start);
    }
  return own(cx, next, start);
}

/** One asterisk between figures of a Chinese line is a multiplication. */
function isTimes(cx: InlineContext, at: number): boolean {
  if (!/\d/.test(cx.slice(Math.max(cx.offset, at - 1), at)) || !/\d/.test(cx.slice(at + 1, Math.min(cx.end, at + 2)))) return false;
  const text = cx.slice(cx.offset, cx.end);
  const [from, to] = [text.lastIndexOf("\n", at - cx.offset - 1) + 1, text.indexOf("\n", at - cx.offset)];
  return wide.test(text.slice(from, to < 0 ? undefined : to));
}

const struck = { resolve: "Strikethrough", mark: "StrikethroughMark" };

/** Markdown as the core reads it: emphasis beside Chinese marks, two tildes strike, one is a tilde. Both follow tests/fixtures/writing/emphasis.json. */
export const chinese: MarkdownConfig[] = [
  { defineNodes: Strikethrough.defineNodes ?? [] },
  {
    parseInline: [
      { name: "Emphasis", parse: emphasis },
      {
        name: "Strikethrough",
        after: "Emphasis",
        parse(cx, next, start) {
          if (next !== 126 || cx.char(start + 1) !== 126 || cx.char(start + 2) === 126 || (start > cx.offset && cx.char(start - 1) === 126)) return -1;
          const [open, close] = may("~", before(cx, start), after(cx, start + 2));
          return cx.addDelimiter(struck, start, start + 2, open, close);
        },
      },
    ],
  },
];
