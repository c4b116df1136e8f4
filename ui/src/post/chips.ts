import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import { photoUrl } from "../ipc";
import { type Reference, references, topic } from "./reference";

/** What the references of a text mean to people: by "price:3" the words of its chip; absent ones are shown as missing. */
export type Names = ReadonlyMap<string, string>;

/** Tells the editor new names. */
export const setNames = StateEffect.define<Names>();
const names = StateField.define<Names>({
  create: () => new Map(),
  update: (was, tr) => tr.effects.reduce((now, effect) => (effect.is(setNames) ? effect.value : now), was),
});

class Chip extends WidgetType {
  constructor(private readonly of: Reference, private readonly name: string | undefined) { super(); }
  override eq(other: Chip) { return other.of.kind === this.of.kind && other.of.id === this.of.id && other.of.words === this.of.words && other.name === this.name; }
  override toDOM() {
    const chip = document.createElement("span");
    chip.className = `cm-ref cm-ref-${this.of.kind}`;
    chip.setAttribute("data-ref", `${this.of.kind}:${this.of.id}`);
    if (this.of.kind === "photo") {
      const picture = chip.appendChild(document.createElement("img"));
      picture.src = photoUrl(this.of.id, "thumb");
      picture.alt = "";
      picture.draggable = false;
    }
    const words = chip.appendChild(document.createElement("span"));
    words.textContent = this.of.kind === "photo" ? this.of.words : [this.name, this.of.words].filter(Boolean).join(" ") || `${this.of.kind}:${this.of.id}`;
    if (this.of.kind === "photo" && !this.of.words) words.remove();
    if (this.of.kind !== "photo" && this.name === undefined) chip.classList.add("cm-ref-missing");
    return chip;
  }
  override ignoreEvent() { return false; }
}

const hashtag = Decoration.mark({ class: "cm-topic" });
const raw = Decoration.mark({ class: "cm-ref-raw" });
const blank = Decoration.line({ class: "cm-blank" });

function draw(view: EditorView): { shown: DecorationSet; atoms: DecorationSet } {
  const shown = new RangeSetBuilder<Decoration>();
  const atoms = new RangeSetBuilder<Decoration>();
  const known = view.state.field(names);
  const { main } = view.state.selection;
  for (const { from, to } of view.visibleRanges) {
    const text = view.state.doc.sliceString(from, to);
    const places: { from: number; to: number; deco: Decoration; atom: boolean }[] = references(text, from).map((ref) => {
      // Words of a reference are edited in the open: while the cursor is in it, it shows what it is written as.
      const open = main.from > ref.from && main.to < ref.to;
      return { from: ref.from, to: ref.to, atom: !open, deco: open ? raw : Decoration.replace({ widget: new Chip(ref, known.get(`${ref.kind}:${ref.id}`)) }) };
    });
    for (const hit of text.matchAll(topic)) {
      const start = from + hit.index + (hit[1]?.length ?? 0);
      places.push({ from: start, to: from + hit.index + hit[0].length, deco: hashtag, atom: false });
    }
    // The empty line between two paragraphs is a breath, not a line.
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (!line.length && line.from !== main.head) places.push({ from: line.from, to: line.from, deco: blank, atom: false });
      at = line.to + 1;
    }
    for (const place of places.sort((a, b) => a.from - b.from)) {
      shown.add(place.from, place.to, place.deco);
      if (place.atom) atoms.add(place.from, place.to, place.deco);
    }
  }
  return { shown: shown.finish(), atoms: atoms.finish() };
}

const plugin = ViewPlugin.fromClass(class {
  sets: ReturnType<typeof draw>;
  constructor(view: EditorView) { this.sets = draw(view); }
  update(update: ViewUpdate) {
    if (update.docChanged || update.viewportChanged || update.selectionSet || update.startState.field(names) !== update.state.field(names)) this.sets = draw(update.view);
  }
}, {
  decorations: (value) => value.sets.shown,
  provide: (self) => EditorView.atomicRanges.of((view) => view.plugin(self)?.sets.atoms ?? Decoration.none),
});

/** A click on a chip selects it, a double click opens its words. */
const clicks = EditorView.domEventHandlers({
  mousedown(event, view) {
    const chip = event.target instanceof Element ? event.target.closest<HTMLElement>(".cm-ref") : null;
    if (!chip) return false;
    const at = view.posAtDOM(chip);
    const line = view.state.doc.lineAt(at);
    const ref = references(line.text, line.from).find((one) => one.from <= at && at <= one.to);
    if (!ref) return false;
    event.preventDefault();
    const start = ref.from + (ref.kind === "photo" ? 2 : 1);
    view.dispatch({ selection: event.detail > 1 ? { anchor: start, head: start + ref.words.length } : { anchor: ref.from, head: ref.to } });
    view.focus();
    return true;
  },
});

/** References drawn as chips: a photo by its picture, a price by its figure, a quote by its words. */
export const chips = [names, plugin, clicks];
