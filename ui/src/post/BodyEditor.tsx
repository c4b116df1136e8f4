import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { search, searchKeymap, openSearchPanel } from "@codemirror/search";
import { memo, type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { tags } from "@lezer/highlight";
import type { Finding } from "../ipc";
import { spotOf } from "../kit/spot";
import { chips, type Names, setNames } from "./chips";
import { Echo } from "./echo";
import "./editor.css";
import { chinese } from "./emphasis";
import { bold, heading, italic, link, list, quote } from "./format";
import { marks, placeOf, setFindings } from "./marks";
import { onOwnLine } from "./reference";

/** What the page may ask of the editor. */
export type BodyHandle = {
  /** Puts a reference at the cursor, or under the pointer; a photo gets a line of its own. */
  insert: (text: string, options?: { ownLine?: boolean; at?: { x: number; y: number } }) => void;
  /** Shows where something dragged would land. */
  aim: (at: { x: number; y: number }) => void;
  /** Mends a finding in place; false when its words are gone. */
  mend: (finding: Finding) => boolean;
  /** Brings a finding into view and selects it. */
  show: (finding: Finding) => void;
  /** Brings the words into view and selects them, where they still are. */
  seek: (words: string) => void;
  focus: () => void;
  /** Sets what is selected in a way of writing, or opens the search of the text. */
  format: (way: Way) => void;
};
export type Way = "heading" | "bold" | "italic" | "list" | "quote" | "link" | "find";
const ways = { heading, bold, italic, list, quote, link, find: openSearchPanel };

/** `phrases`: the words of the search panel. */
type Props = { ref?: Ref<BodyHandle>; text: string; label: string; hint: string; phrases: Record<string, string>; names: Names; found: readonly Finding[]; foundIn: string; onChange: (text: string) => void };

const look = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700", color: "var(--ink)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.quote, color: "var(--ink2)" },
  { tag: [tags.link, tags.url], color: "var(--sky-ink)" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--ink3)", fontWeight: "400" },
]));

/** The text of a post: Markdown with references as chips and findings under the words. Undo and redo are the editor's own. */
export const BodyEditor = memo(function BodyEditor({ ref, text, label, hint, names, found, foundIn, phrases, onChange }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const echo = useRef<Echo<string>>(undefined);
  echo.current ??= new Echo(text);
  const said = echo.current;
  const tell = useRef(onChange);
  tell.current = onChange;
  const words = useRef(new Compartment());

  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    // While an input method composes, the letters typed are not the text yet: they are told when the candidate is chosen.
    const speak = () => {
      const now = made.state.doc.toString();
      if (made.composing || now === said.newest) return;
      said.tell(now);
      tell.current(now);
    };
    const made: EditorView = new EditorView({
      parent,
      state: EditorState.create({
        doc: said.newest,
        extensions: [
          history(), search({ top: true }), keymap.of([{ key: "Mod-b", run: bold }, { key: "Mod-i", run: italic }, { key: "Mod-k", run: link }, ...searchKeymap, ...historyKeymap, ...defaultKeymap]), EditorView.lineWrapping, markdown({ extensions: chinese }), look, chips, marks,
          words.current.of([]),
          EditorView.updateListener.of((update) => { if (update.docChanged) speak(); }),
          EditorView.domEventHandlers({ compositionend: () => void setTimeout(speak, 0), blur: () => void setTimeout(speak, 0) }),
        ],
      }),
    });
    view.current = made;
    return () => { speak(); made.destroy(); view.current = undefined; };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: words.current.reconfigure([EditorView.contentAttributes.of({ "aria-label": label, "data-testid": "post-body", spellcheck: "false", tabindex: "0", autocapitalize: "off" }), placeholder(hint), EditorState.phrases.of(phrases)]) });
  }, [label, hint, phrases]);

  // Text from elsewhere (a version brought back, another wording): it replaces what is shown, and undo still knows the way back.
  useEffect(() => {
    const now = view.current;
    if (!now || !said.hears(text)) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: text }, annotations: Transaction.addToHistory.of(true) });
  }, [text]);

  useEffect(() => { view.current?.dispatch({ effects: setNames.of(names) }); }, [names]);

  // Offsets belong to the text that was checked; if somebody typed on, the next check brings the right ones.
  useEffect(() => {
    const now = view.current;
    if (!now || now.composing || now.state.doc.toString() !== foundIn) return;
    now.dispatch({ effects: setFindings.of(found) });
  }, [found, foundIn]);

  useImperativeHandle(ref, () => ({
    insert(what, { ownLine, at } = {}) {
      const now = view.current;
      if (!now) return;
      const here = now.state.selection.main;
      const spot = at ? now.posAtCoords(at, false) : undefined;
      // A photo does not tear a sentence apart: it goes before or behind the line it was put on.
      const edge = (at: number) => { const line = now.state.doc.lineAt(at); return at === line.from ? at : line.to; };
      const [from, to] = ownLine ? [edge(spot ?? here.head), edge(spot ?? here.head)] : spot === undefined ? [here.from, here.to] : [spot, spot];
      const line = now.state.doc.lineAt(from);
      const insert = ownLine ? onOwnLine(what, line.text.slice(0, from - line.from), line.text.slice(from - line.from), line.number < now.state.doc.lines) : what;
      now.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true, userEvent: "input.drop" });
      now.focus();
    },
    aim(at) {
      const now = view.current;
      if (!now) return;
      now.focus();
      now.dispatch({ selection: { anchor: now.posAtCoords(at, false) } });
    },
    mend(finding) {
      const now = view.current;
      // What is only put in has no words to be found again.
      const place = now && (finding.start === finding.end && finding.end <= now.state.doc.length ? { from: finding.start, to: finding.end } : placeOf(now, finding));
      if (!now || !place || !finding.fix) return false;
      now.dispatch({ changes: { ...place, insert: finding.fix.replacement }, selection: { anchor: place.from + finding.fix.replacement.length }, scrollIntoView: true, userEvent: "input" });
      now.focus();
      return true;
    },
    show(finding) {
      const now = view.current;
      const place = now && placeOf(now, finding);
      if (!now) return;
      if (place) now.dispatch({ selection: { anchor: place.from, head: place.to }, scrollIntoView: true });
      now.focus();
    },
    seek(words) {
      const now = view.current;
      const spot = now && spotOf(now.state.doc.toString(), words);
      if (!now || !spot) return;
      now.dispatch({ selection: { anchor: spot.at, head: spot.at + spot.length }, effects: EditorView.scrollIntoView(spot.at, { y: "center" }) });
      now.focus();
    },
    focus: () => view.current?.focus(),
    format(way) {
      const now = view.current;
      if (!now) return;
      ways[way](now);
      if (way !== "find") now.focus();
    },
  }), []);

  return <div ref={box} className="body-editor" />;
});
