// Fails when a word in the code has no English yet, a catalogue still carries a word the code no longer says, or two rooms have different English for
// the same word: the window reads all catalogues as one. Writes nothing.
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";

const wrong = [];
const known = new Map();
for (const catalog of await getCatalogs(getConfig())) {
  const said = (await catalog.collect()) ?? {};
  const english = (await catalog.read("en")) ?? {};
  const file = catalog.getFilename("en").replace(`${process.cwd()}/`, "");
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
