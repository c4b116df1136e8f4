// Fails when a word in the code has no English yet, or a catalogue still carries a word the code no longer says. Writes nothing.
import { getCatalogs } from "@lingui/cli/api";
import { getConfig } from "@lingui/conf";

const wrong = [];
for (const catalog of await getCatalogs(getConfig())) {
  const said = (await catalog.collect()) ?? {};
  const english = (await catalog.read("en")) ?? {};
  const file = catalog.getFilename("en").replace(`${process.cwd()}/`, "");
  for (const [id, word] of Object.entries(said)) if (!english[id]?.translation) wrong.push(`${file}: no English for 「${word.message ?? id}」`);
  for (const [id, word] of Object.entries(english)) if (!said[id]) wrong.push(`${file}: nobody says 「${word.message ?? id}」 any more`);
}
if (wrong.length) {
  console.error(`${wrong.join("\n")}\n${wrong.length} to mend: npm run extract, then fill the empty msgstr.`);
  process.exit(1);
}
console.log("Every word has its English.");
