import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

// Words are written once, in zh-CN, in the code itself; only the translations have catalogues, one per room (`src/<room>/en.po`),
// so that two people who work in two rooms never meet in one file.
export default defineConfig({
  sourceLocale: "zh-CN",
  locales: ["en"],
  catalogs: [{ path: "<rootDir>/src/{name}/{locale}", include: ["<rootDir>/src/{name}"], exclude: ["**/*.test.*", "**/preview.ts"] }],
  format: formatter({ lineNumbers: false }),
});
