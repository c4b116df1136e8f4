import { type ChangeSpec, EditorSelection, type EditorState, type StateCommand } from "@codemirror/state";

// Marks never stand against a blank: CommonMark would not see them.
const trimmed = (state: EditorState, from: number, to: number) => {
  const text = state.sliceDoc(from, to);
  return { from: from + (text.length - text.trimStart().length), to: to - (text.length - text.trimEnd().length) };
};

/** Puts a mark around what is selected, or takes it away where it stands; without a selection the cursor goes between two marks. */
export const wrap = (mark: string): StateCommand => ({ state, dispatch }) => {
  const long = mark.length;
  // One star inside two is the other mark, not this one.
  const isMark = (at: number) => state.sliceDoc(at, at + long) === mark && (mark.length > 1 || (state.sliceDoc(at - 1, at) !== mark && state.sliceDoc(at + long, at + long + 1) !== mark));
  const change = state.changeByRange((range): { changes?: ChangeSpec; range: typeof range } => {
    const { from, to } = range.empty ? range : trimmed(state, range.from, range.to);
    if (from > to) return { range };
    if (isMark(from - long) && isMark(to)) {
      return { changes: [{ from: from - long, to: from }, { from: to, to: to + long }], range: EditorSelection.range(from - long, to - long) };
    }
    if (to - from >= 2 * long && isMark(from) && isMark(to - long)) {
      return { changes: [{ from, to: from + long }, { from: to - long, to }], range: EditorSelection.range(from, to - 2 * long) };
    }
    return { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: EditorSelection.range(from + long, to + long) };
  });
  dispatch(state.update(change, { scrollIntoView: true, userEvent: "input" }));
  return true;
};

/** Makes what is selected a link and puts the cursor where its address goes; a selected address becomes one that wants its words. */
export const link: StateCommand = ({ state, dispatch }) => {
  const range = state.selection.main;
  const { from, to } = range.empty ? range : trimmed(state, range.from, range.to);
  const words = state.sliceDoc(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(words);
  const insert = isAddress ? `[](${words})` : `[${words.replace(/[[\]\n]/g, " ")}]()`;
  const cursor = isAddress || !words ? from + 1 : from + insert.length - 1;
  dispatch(state.update({ changes: { from, to, insert }, selection: { anchor: cursor }, scrollIntoView: true, userEvent: "input" }));
  return true;
};

/** Puts `lead` before every line that is selected, or takes it away when all have it; another lead of its kind gives way. */
export const lines = (lead: string, kin: RegExp): StateCommand => ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const all = [];
  for (let at = state.doc.lineAt(from).from; at <= to;) {
    const line = state.doc.lineAt(at);
    if (line.text.trim() || from === to) all.push(line);
    at = line.to + 1;
  }
  const off = all.length > 0 && all.every((line) => line.text.startsWith(lead));
  const changes = all.map((line): ChangeSpec => ({ from: line.from, to: line.from + (kin.exec(line.text)?.[0].length ?? 0), insert: off ? "" : lead }));
  const change = state.changes(changes);
  dispatch(state.update({ changes: change, selection: state.selection.map(change, 1), scrollIntoView: true, userEvent: "input" }));
  return true;
};

const blocks = /^(?:#{1,6} |[-*+] |> |\d+[.)] )/;
export const bold = wrap("**");
export const italic = wrap("*");
export const heading = lines("## ", blocks);
export const list = lines("- ", blocks);
export const quote = lines("> ", blocks);
