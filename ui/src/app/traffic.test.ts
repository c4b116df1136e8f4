import { parse } from "@babel/parser";
import * as b from "@babel/types";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * Whether a screen hears of everything it shows. What the commands read and what every change writes and calls out is recorded by the core's own test
 * (tests/core/traffic.rs) from what SQLite says; here every query of the window is read from its source and held against it: whenever a change writes a
 * table that the query's command reads, the query listens to at least one of the nouns that change calls out.
 */
const src = resolve(import.meta.dirname, "..");
const traffic: { reads: Record<string, string[]>; writes: { by: string; tables: string[]; nouns: string[] }[] } = JSON.parse(readFileSync(join(src, "ipc/traffic.json"), "utf8"));
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !/\.test\.|preview\.ts/.test(name)).map((name) => name.replaceAll("\\", "/"));

type Query = { where: string; commands: string[]; nouns: string[] };

/** What a member expression of `heard` stands for. */
const shared = (() => {
  const parts = new Map<string, b.Node>();
  const tree = parse(readFileSync(join(src, "ipc/heard.ts"), "utf8"), { sourceType: "module", plugins: ["typescript"] });
  b.traverseFast(tree, (node) => { if (b.isVariableDeclarator(node) && b.isIdentifier(node.id) && node.init) parts.set(node.id.name, node.init); });
  const nouns = (node: b.Node | null | undefined): string[] => {
    if (b.isStringLiteral(node)) return [node.value];
    if (b.isIdentifier(node)) return nouns(parts.get(node.name));
    if (b.isSpreadElement(node)) return nouns(node.argument);
    if (b.isMemberExpression(node)) return nouns(node.object);
    return b.isCallExpression(node) ? node.arguments.flatMap(nouns) : [];
  };
  const all = parts.get("heard");
  return new Map(b.isObjectExpression(all) ? all.properties.flatMap((one) => (b.isObjectProperty(one) && b.isIdentifier(one.key) ? [[one.key.name, nouns(one.value)] as const] : [])) : []);
})();

/** Every object with a `queryKey` and a `queryFn` in a file, with the commands it asks and the nouns it listens to. */
function queries(file: string): Query[] {
  const tree = parse(readFileSync(join(src, file), "utf8"), { sourceType: "module", plugins: ["typescript", "jsx"] });
  const named = new Map<string, b.Node>();
  b.traverseFast(tree, (node) => { if (b.isVariableDeclarator(node) && b.isIdentifier(node.id) && node.init) named.set(node.id.name, node.init); });
  /** What a name or a call of a small function of the same file stands for. */
  const open = (node: b.Node | null | undefined): b.Node | null | undefined => {
    if (b.isIdentifier(node)) return open(named.get(node.name));
    if (b.isTSAsExpression(node) || b.isTSSatisfiesExpression(node)) return open(node.expression);
    if (b.isCallExpression(node) && b.isIdentifier(node.callee)) { const made = named.get(node.callee.name); return b.isArrowFunctionExpression(made) ? open(made.body) : undefined; }
    return node;
  };
  const texts = (node: b.Node | null | undefined) => (b.isArrayExpression(node) ? node.elements.flatMap((one) => (b.isStringLiteral(one) ? [one.value] : [])) : []);
  const found: Query[] = [];
  b.traverseFast(tree, (node) => {
    if (!b.isObjectExpression(node)) return;
    const part = (name: string) => node.properties.find((one): one is b.ObjectProperty => b.isObjectProperty(one) && b.isIdentifier(one.key, { name }))?.value;
    const ask = part("queryFn") ?? node.properties.find((one) => b.isObjectMethod(one) && b.isIdentifier(one.key, { name: "queryFn" }));
    if (!part("queryKey") || !ask) return;
    const commands = new Set<string>();
    b.traverseFast(ask, (one) => { if (b.isMemberExpression(one) && b.isIdentifier(one.object, { name: "commands" }) && b.isIdentifier(one.property)) commands.add(one.property.name); });
    const key = open(part("queryKey"));
    const where = `${file}:${node.loc?.start.line}`;
    const [first] = b.isArrayExpression(key) && b.isStringLiteral(key.elements[0]) ? [key.elements[0].value] : [];
    if (!first) throw new Error(`${where}: the key of this query cannot be read; let it begin with a noun in plain sight`);
    const meta = open(part("meta"));
    const nouns = b.isMemberExpression(meta) && b.isIdentifier(meta.object, { name: "heard" }) && b.isIdentifier(meta.property) ? (shared.get(meta.property.name) ?? []) : b.isObjectExpression(meta) ? meta.properties.flatMap((one) => (b.isObjectProperty(one) && b.isIdentifier(one.key, { name: "nouns" }) ? texts(open(one.value)) : [])) : [];
    found.push({ where, commands: [...commands], nouns: [first, ...nouns] });
  });
  return found;
}

const all = files.flatMap(queries).filter((one) => one.commands.length > 0);

/** Not about what is in a workspace: which one is open. */
const apart = new Set(["opening"]);

describe("every query hears of what it shows", () => {
  it("there are queries to look at, in the rooms that have any", () => {
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map((one) => one.where.split("/")[0])).size).toBeGreaterThan(8);
  });

  it("each of their commands is known to the recording", () => {
    expect(all.filter((one) => !apart.has(one.nouns[0] ?? "")).flatMap((one) => one.commands.filter((command) => !(command in traffic.reads)).map((command) => `${one.where}: ${command} is not in ipc/traffic.json; let tests/core/traffic.rs read it`))).toEqual([]);
  });

  it("each listens to a noun of every change that touches what it reads", () => {
    const deaf = all.filter((one) => !apart.has(one.nouns[0] ?? "")).flatMap(({ where, commands, nouns }) => {
      const read = new Set(commands.flatMap((command) => traffic.reads[command] ?? []));
      return traffic.writes
        .filter((write) => write.tables.some((table) => read.has(table)) && !write.nouns.some((noun) => nouns.includes(noun)))
        .map((write) => `${where} (${commands.join(", ")}) does not hear ${write.by}: ${write.tables.filter((table) => read.has(table)).join(", ")} changed, ${write.nouns.join(", ") || "nothing"} was called, it listens to ${nouns.join(", ")}`);
    });
    expect(deaf).toEqual([]);
  });
});
