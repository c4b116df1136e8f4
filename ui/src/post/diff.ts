export type Piece = { kind: "same" | "gone" | "new"; text: string };

/** Sentences and line breaks: small enough to point at a change, large enough to read. */
const sentences = (text: string): string[] => text.match(/[^。！？!?；;\n]*[。！？!?；;\n]+|[^。！？!?；;\n]+/g) ?? [];

/** How `before` became `after`, sentence by sentence (longest common subsequence; very long texts fall back to their middle as a whole). */
export function diff(before: string, after: string): Piece[] {
  let a = sentences(before);
  let b = sentences(after);
  const head: string[] = [];
  const tail: string[] = [];
  while (a.length && b.length && a[0] === b[0]) { head.push(a[0] ?? ""); a = a.slice(1); b = b.slice(1); }
  while (a.length && b.length && a.at(-1) === b.at(-1)) { tail.unshift(a.at(-1) ?? ""); a = a.slice(0, -1); b = b.slice(0, -1); }
  const pieces: Piece[] = [];
  const say = (kind: Piece["kind"], text: string) => {
    const last = pieces.at(-1);
    if (!text) return;
    if (last?.kind === kind) last.text += text; else pieces.push({ kind, text });
  };
  say("same", head.join(""));
  if (a.length * b.length > 250_000) { say("gone", a.join("")); say("new", b.join("")); }
  else {
    const width = b.length + 1;
    const long = new Uint16Array((a.length + 1) * width);
    const cell = (i: number, j: number) => long[i * width + j] ?? 0;
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) long[i * width + j] = a[i] === b[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) { say("same", a[i] ?? ""); i++; j++; }
      else if (i < a.length && (j >= b.length || cell(i + 1, j) >= cell(i, j + 1))) say("gone", a[i++] ?? "");
      else say("new", b[j++] ?? "");
    }
  }
  say("same", tail.join(""));
  return pieces;
}
