import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HandOff as Steps } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { preview as posts } from "../post/preview";
import { HandOff } from "./HandOff";
import { preview as publications } from "./preview";

const packed = (platform: string): Steps & { rules: { name: string } } => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../tests/golden/preview/${platform}.json`), "utf8"));
const added = vi.fn();
const copied = vi.fn(async () => {});

beforeEach(() => { added.mockReset(); copied.mockClear(); Object.defineProperty(navigator, "clipboard", { value: { writeText: copied }, configurable: true }); });
afterEach(cleanup);

/** The drawer on a bundle of a platform, with the steps that the core gives. */
function show(platform: string) {
  const steps = packed(platform);
  startPreview([posts, publications, { get_handoff: () => steps, add_publication: (args) => { added(args); return publications.add_publication?.(args); } }]);
  const bundle = { id: 1, post: 1, channel: 1, path: "/bundles/1", override_reason: "", created_at: new Date().toISOString() };
  const channel = { id: 1, platform, name: `${steps.rules.name} · 小鹿`, platform_name: steps.rules.name, own_shop: false, archived: false };
  const out = vi.fn();
  open("/", { "/": () => <HandOff bundle={bundle} post={undefined} channel={channel} onClose={() => {}} onOut={out} /> });
  return { steps, out };
}

it("a group gets its link as a step of its own, no title, and is done with a tick and this moment", async () => {
  const { steps, out } = show("wechat_group");
  const link = steps.steps.find((step) => step.kind === "link");
  expect(await screen.findByText(link?.copy ?? "no link")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "复制标题" })).toBeNull();
  expect(screen.getByText(link?.say ?? "")).toBeTruthy();
  fireEvent.click(screen.getByTestId("publication-out"));
  await waitFor(() => expect(added).toHaveBeenCalledOnce());
  expect(added.mock.calls[0]?.[0].input).toMatchObject({ post: 1, channel: 1 });
  expect(added.mock.calls[0]?.[0].input.url ?? "").toBe("");
  expect(out).not.toHaveBeenCalled();
});

it("a note asks for its title, its topics one by one, only the boxes that hold, and for its link afterwards", async () => {
  const { steps, out } = show("xiaohongshu");
  expect(await screen.findByRole("button", { name: "复制标题" })).toBeTruthy();
  expect(screen.getAllByRole("checkbox").map((box) => (box as HTMLInputElement).labels?.[0]?.textContent)).toEqual(steps.steps.find((step) => step.kind === "declaration")?.items);
  expect(screen.queryByRole("button", { name: "复制链接" })).toBeNull();
  fireEvent.click(screen.getByTestId("publication-out"));
  expect(out).toHaveBeenCalledOnce();
  expect(added).not.toHaveBeenCalled();
});

it("every step of the bundle's own checklist stands in the drawer", async () => {
  for (const platform of ["weibo", "douyin", "store", "wechat_article"]) {
    const { steps } = show(platform);
    await screen.findByTestId("publication-out");
    await waitFor(() => expect(document.querySelectorAll("ol > li").length, platform).toBe(steps.steps.length));
    cleanup();
  }
});
