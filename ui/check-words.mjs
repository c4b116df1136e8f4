// Fails when a word in the code has no English yet, a catalogue still carries a word the code no longer says, or two rooms have different English for
// the same word: the window reads all catalogues as one. A count stands before a word in both its forms, or English says “1 trials”. Writes nothing.
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";

/** A placeholder and a word behind it in the plural, outside of every {n, plural, …}. Words in -s that are no nouns here do not count. */
const oneForm = /\{\w+\} (?:(?:new|more|old|other) )?(?!is\b|has\b|was\b|as\b|its\b|this\b|takes\b|needs\b|less\b|others\b|pixels\b|days'\b)[a-z]+s\b/;
/** A text without its {n, plural, …} parts. */
function outside(text) {
  const start = text.search(/\{\w+, plural,/);
  if (start < 0) return text;
  let depth = 0;
  let end = start;
  do { depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0; end += 1; } while (depth > 0 && end < text.length);
  return `${text.slice(0, start)}…${outside(text.slice(end))}`;
}
const wrong = [];
const known = new Map();
for (const catalog of await getCatalogs(getConfig())) {
  const said = (await catalog.collect()) ?? {};
  const english = (await catalog.read("en")) ?? {};
  const file = catalog.getFilename("en").replace(`${process.cwd()}/`, "");
  for (const [id, word] of Object.entries(english)) if (oneForm.test(outside(word.translation ?? ""))) wrong.push(`${file}: “${word.translation}” (${word.message ?? id}) has one form for one and for many: {n, plural, one {…} other {…}}`);
  for (const [id, word] of Object.entries(said)) if (!english[id]?.translation) wrong.push(`${file}: no English for 「${word.message ?? id}」`);
  for (const [id, word] of Object.entries(english)) {
    const [other, where] = known.get(id) ?? [word.translation, file];
    known.set(id, [other, where]);
    if (other !== word.translation) wrong.push(`${file}: 「${word.message ?? id}」 is “${word.translation}” here and “${other}” in ${where}`);
  }
  for (const [id, word] of Object.entries(english)) if (!said[id]) wrong.push(`${file}: nobody says 「${word.message ?? id}」 any more`);
}
if (wrong.length) {
  console.error(`${wrong.join("\n")}\n${wrong.length} to mend: npm run extract, then fill the empty msgstr.`);
  process.exit(1);
}
console.log("Every word has its English.");
