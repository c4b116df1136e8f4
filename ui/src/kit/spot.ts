const plain = (text: string) => text.replace(/\s/g, " ").toLowerCase();

/** The words by which a hit is found again in its text: what was typed, or, where it was found by its sound, what the index showed around it. */
export function findWords(snippet: string, typed: string): string {
  const words = typed.trim();
  return plain(snippet).includes(plain(words)) ? words : snippet.replace(/^…|…$/g, "").trim();
}

/** Where `words` begin in `text` and how long they are there; a long stretch may have been cut or cleaned, then its beginning counts. Undefined when they are not in it. */
export function spotOf(text: string, words: string): { at: number; length: number } | undefined {
  const hay = plain(text);
  const all = plain(words.trim());
  for (const length of new Set([all.length, 24, 12, 6])) {
    const part = all.slice(0, length).trim();
    const at = part ? hay.indexOf(part) : -1;
    if (at >= 0) return { at, length: part.length };
  }
  return undefined;
}
