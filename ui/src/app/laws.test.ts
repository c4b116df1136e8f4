import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const src = resolve(import.meta.dirname, "..");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name)).map((name) => name.replaceAll("\\", "/"));

/** Every import of a file: bare names as they are, relative ones as paths under src. */
function imports(file: string): string[] {
  const text = readFileSync(join(src, file), "utf8");
  const names = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"`]*?from\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g)].map((hit) => hit[1] ?? hit[2] ?? hit[3] ?? "");
  return names.map((name) => (name.startsWith(".") ? relative(src, resolve(src, dirname(file), name)).replaceAll("\\", "/") : name));
}

const room = (path: string) => path.split("/")[0] ?? "";
const breaks = (allowed: (file: string, name: string) => boolean) => files.flatMap((file) => imports(file).filter((name) => !allowed(file, name)).map((name) => `${file} imports ${name}`));
const ours = new Set(readdirSync(src));

describe("the laws of imports", () => {
  it("only ipc talks to the desktop window", () => {
    expect(breaks((file, name) => !name.startsWith("@tauri-apps/") || room(file) === "ipc" || file.endsWith(".test.ts") || file.endsWith(".test.tsx"))).toEqual([]);
  });

  it("the kit imports nothing of ours", () => {
    expect(breaks((file, name) => room(file) !== "kit" || !ours.has(room(name)) || room(name) === "kit")).toEqual([]);
  });

  it("ipc knows no screen and no component", () => {
    expect(breaks((file, name) => room(file) !== "ipc" || !ours.has(room(name)) || room(name) === "ipc")).toEqual([]);
  });

  it("no room reaches up into the window", () => {
    expect(breaks((file, name) => room(file) === "app" || room(name) !== "app")).toEqual([]);
  });

  it("the fake core never ships: only previews and tests import it", () => {
    expect(breaks((file, name) => name !== "ipc/fake" || file === "app/preview.ts" || file.includes(".test.") || file.endsWith("/preview.ts"))).toEqual([]);
  });

  it("files stay small: none over 400 lines, but for the generated commands", () => {
    const long = files.filter((file) => file !== "ipc/commands.ts" && readFileSync(join(src, file), "utf8").split("\n").length > 400);
    expect(long).toEqual([]);
  });
});
