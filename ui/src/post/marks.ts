import { t } from "@lingui/core/macro";
import { StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, GutterMarker, hoverTooltip } from "@codemirror/view";
import type { Finding, Severity } from "../ipc";
import { references } from "./reference";

/** Tells the editor what was found in the text it shows now. */
export const setFindings = StateEffect.define<readonly Finding[]>();

const weight: Record<Severity, number> = { block: 3, warn: 2, info: 1 };

function underline(found: readonly Finding[], doc: Text): DecorationSet {
  const places = found
    .filter((one) => one.field === "body" && one.end > one.start && one.start >= 0 && one.end <= doc.length)
    .map((finding) => Decoration.mark({ class: `cm-found cm-found-${finding.severity}`, finding }).range(finding.start, finding.end));
  return Decoration.set(places, true);
}

/** Findings with the places they have now: typing moves them along until the next check. */
const found = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(was, tr) {
    const set = tr.effects.find((effect) => effect.is(setFindings));
    return set ? underline(set.value as readonly Finding[], tr.newDoc) : was.map(tr.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where a finding stands now; undefined when its words are gone. */
export function placeOf(view: EditorView, finding: Finding): { from: number; to: number } | undefined {
  let place: { from: number; to: number } | undefined;
  view.state.field(found).between(0, view.state.doc.length, (from, to, mark) => {
    const one = mark.spec.finding as Finding;
    if (one === finding || (one.rule === finding.rule && one.start === finding.start && one.end === finding.end)) { place = { from, to }; return false; }
    return undefined;
  });
  return place && place.to > place.from ? place : undefined;
}

class Dot extends GutterMarker {
  constructor(private readonly kind: string, private readonly words: string) { super(); }
  override eq(other: Dot) { return other.kind === this.kind; }
  override toDOM() {
    const dot = document.createElement("i");
    dot.className = `cm-dot cm-dot-${this.kind}`;
    dot.title = this.words;
    return dot;
  }
}

/** A dot beside each paragraph: what was found in it, else whether it leans on evidence. */
const dots = gutter({
  class: "cm-dots",
  lineMarker(view, block) {
    const text = view.state.doc.sliceString(block.from, block.to);
    if (!text.trim()) return null;
    let worst: Severity | undefined;
    view.state.field(found).between(block.from, block.to, (_, __, mark) => {
      const { severity } = mark.spec.finding as Finding;
      if (!worst || weight[severity] > weight[worst]) worst = severity;
    });
    if (worst) return new Dot(worst, { block: t`拦下`, warn: t`留意`, info: t`知道一下` }[worst as Severity]);
    return references(text).some((ref) => ref.kind !== "link") ? new Dot("good", t`这段引用了照片、价格或评价；说得对不对，还没有查`) : new Dot("plain", "");
  },
  lineMarkerChange: (update) => update.docChanged || update.startState.field(found) !== update.state.field(found),
});

const reasons = hoverTooltip((view, at, side) => {
  const here: Finding[] = [];
  let [start, end] = [at, at];
  view.state.field(found).between(at, at, (from, to, mark) => {
    if ((from === at && side < 0) || (to === at && side > 0)) return;
    here.push(mark.spec.finding as Finding);
    [start, end] = [Math.min(start, from), Math.max(end, to)];
  });
  if (!here.length) return null;
  return {
    pos: start, end, above: true,
    create() {
      const dom = document.createElement("div");
      dom.className = "cm-reason";
      for (const finding of here) {
        const line = dom.appendChild(document.createElement("p"));
        line.appendChild(document.createElement("b")).textContent = finding.message;
        if (finding.reason) line.append(finding.reason);
        if (finding.source) line.appendChild(document.createElement("small")).textContent = finding.source;
      }
      return { dom };
    },
  };
}, { hoverTime: 200 });

/** Findings in the text: underlined, with a dot beside the paragraph and the reason on hover. */
export const marks = [found, dots, reasons];

