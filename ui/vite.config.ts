import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lingui } from "@lingui/vite-plugin";
import babel, { defineRolldownBabelPreset } from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Turns `t`…`` and `<Trans>` into messages. The source words stay in the code, so zh-CN needs no catalogue. */
const words = defineRolldownBabelPreset({
  preset: () => ({ plugins: [["@lingui/babel-plugin-lingui-macro", { stripMessageField: false }]] }),
  rolldown: { filter: { code: /from ['"]@lingui\/(?:react|core)\/macro['"]/ } },
});

/** In a plain browser there is no `photo://`: serve pictures of the folder CAOBEN_PREVIEW_PHOTOS instead, one per id. */
function previewPhotos(): Plugin {
  return {
    name: "preview-photos",
    configureServer(server) {
      const folder = process.env.CAOBEN_PREVIEW_PHOTOS;
      if (!folder) return;
      const names = readdirSync(folder).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
      server.middlewares.use("/preview-photo", (request, response) => {
        const id = decodeURIComponent(request.url ?? "").split("?")[0]?.split("/")[2] ?? "";
        const pick = [...id].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % names.length;
        response.end(readFileSync(join(folder, names[pick] ?? "")));
      });
    },
  };
}

export default defineConfig({
  plugins: [react(), lingui(), babel({ presets: [words] }), previewPhotos()],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  build: { target: ["safari16", "chrome111"], chunkSizeWarningLimit: 900 },
  test: { environment: "jsdom", setupFiles: "src/app/test-setup.ts", testTimeout: 60_000, include: ["src/**/*.test.{ts,tsx}"] },
});
