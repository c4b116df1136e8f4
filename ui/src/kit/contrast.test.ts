import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");
const light = tokens(css.slice(0, css.indexOf(":root[data-mantine")));
const dark = { ...light, ...tokens(css.slice(css.indexOf(":root[data-mantine"))) };

function tokens(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((hit) => [hit[1] ?? "", hit[2] ?? ""]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

const papers = ["paper", "card", "sunk"];
const pairs = [
  ...["ink", "ink2", "ink3", "sprout-ink", "persimmon-ink", "amber-ink", "sky-ink"].flatMap((ink) => papers.map((paper) => [ink, paper])),
  ...["sprout", "persimmon", "amber", "sky"].map((tone) => [`${tone}-ink`, `${tone}-soft`]),
  ["on-sprout", "sprout"], ["on-sprout", "sprout-ink"], ["paper", "ink"], ["ink2", "sprout-soft"], ["ink3", "sprout-soft"],
];

describe.each([["light", light], ["dark", dark]])("%s", (_, colours) => {
  it.each(pairs)("%s on %s can be read (4.5:1)", (ink = "", paper = "") => {
    expect(contrast(colours[ink] ?? "", colours[paper] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});
