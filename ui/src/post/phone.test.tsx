import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { cleanup, render } from "@testing-library/react";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Rendered, Rules } from "../ipc";
import { Phone } from "./Preview";

afterEach(cleanup);

/** What the core packs for every platform, written by its own test (tests/core/handoff.rs) from a real bundle: the texts are the bundle's files. */
const golden = resolve(import.meta.dirname, "../../../tests/golden/preview");
const packs = readdirSync(golden).map((name): { rules: Rules; rendered: Rendered; texts: Record<string, string> } => JSON.parse(readFileSync(join(golden, name), "utf8")));
const heading = "通勤防晒的七天";

describe("the preview shows what is packed, on every platform", () => {
  it("there are all of them", () => expect(packs).toHaveLength(25));

  it.each(packs.map((pack) => [pack.rules.name, pack] as const))("%s", (_, { rules, rendered, texts }) => {
    const { container } = render(<MantineProvider env="test"><I18nProvider i18n={i18n}><Phone rendered={rendered} rules={rules} channelName={`${rules.name} · 小鹿`} /></I18nProvider></MantineProvider>);
    const parts = (name: string) => [...container.querySelectorAll(`[data-part=${name}]`)].map((part) => part.textContent);
    const file = (name: string) => texts[name]?.replace(/\n+$/, "");
    const page = container.querySelector("iframe")?.srcdoc;
    if (rendered.html !== null) {
      expect(page).toBeTruthy();
      // Words and order of the article that lies in the bundle; only the pictures are the window's own.
      const plain = (html: string) => html.replace(/<style.*?<\/style>|<title>.*?<\/title>/gs, "").replace(/【这里换成图片 \d+\.jpg】/g, "").replace(/<[^>]+>/g, "").replace(/\s+/g, "");
      const packed = plain(file("article.html") ?? "");
      expect(plain(page ?? "").endsWith(packed)).toBe(true);
      expect(page?.match(/<img/g)?.length).toBe(rendered.photos.length);
      expect(page?.split(heading).length).toBe(2);
      return;
    }
    expect(parts("title")).toEqual(file("title.txt") === undefined ? [] : [file("title.txt")]);
    expect(parts("body")).toEqual([file("body.txt")]);
    expect(container.textContent?.split(heading).length, "the title stands once").toBe(2);
    const topics = (texts["tags.txt"] ?? "").split("\n").filter(Boolean);
    for (const topic of topics) expect(container.textContent?.split(`#${topic}`).length, `#${topic} stands once`).toBe(2);
    if (rendered.marked) expect(container.textContent?.split("广告").length, "the mark stands once").toBe(2);
    expect(container.querySelectorAll("img").length).toBe(rules.printed ? 1 : rendered.photos.length);
  });
});
