import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { followChanges } from "../ipc";
import { startPreview } from "../ipc/fake";
import LinkPage from "../link/Page";
import { preview as links } from "../link/preview";
import { preview as publications } from "../publication/preview";
import Detail from "./Detail";
import { preview as posts } from "./preview";

window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
// jsdom lays nothing out; the editor measures its text.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

const edits = vi.fn();
let stop = () => {};
beforeEach(() => {
  edits.mockReset();
  startPreview([links, publications, posts, { edit_post: (args) => { edits(args); return posts.edit_post?.(args); } }]);
});
afterEach(() => { cleanup(); stop(); });

/** A screen with what the window gives it. */
function open(path: string) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  stop = followChanges(client);
  const root = createRootRoute();
  const routeTree = root.addChildren([
    createRoute({ getParentRoute: () => root, path: "/post/$id", component: Detail }),
    createRoute({ getParentRoute: () => root, path: "/link", component: LinkPage }),
  ]);
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  render(<MantineProvider env="test"><I18nProvider i18n={i18n}><QueryClientProvider client={client}><RouterProvider router={router as never} /></QueryClientProvider></I18nProvider></MantineProvider>);
}

it("saves a title by itself and never the letters of an input method", async () => {
  open("/post/1");
  const title = await screen.findByTestId<HTMLInputElement>("post-title");
  fireEvent.compositionStart(title);
  fireEvent.input(title, { target: { value: "ni'hao" }, isComposing: true });
  await new Promise((done) => setTimeout(done, 700));
  expect(edits).not.toHaveBeenCalled();
  fireEvent.input(title, { target: { value: "你好" }, isComposing: true });
  fireEvent.compositionEnd(title);
  await waitFor(() => expect(edits).toHaveBeenCalledWith({ id: 1, patch: { title: "你好" } }), { timeout: 4000 });
  await waitFor(() => expect(screen.getByTestId("post-saved").textContent).toBe("已保存"));
});

it("puts evidence into the text and says that it is saved", async () => {
  open("/post/2");
  fireEvent.click(await screen.findByRole("button", { name: /放进缺点：叠粉底会搓泥/ }));
  await waitFor(() => expect(edits).toHaveBeenCalled(), { timeout: 4000 });
  expect(edits.mock.calls[0]?.[0].patch.body).toContain("缺点也要说：叠粉底会搓泥。");
});

it("applies a fix exactly where the finding stands", async () => {
  open("/post/1");
  await waitFor(() => expect(document.querySelector(".cm-found-block")?.textContent).toBe("最佳"));
  fireEvent.click(screen.getByRole("button", { name: "改成“最顺手”" }));
  await waitFor(() => expect(edits).toHaveBeenCalled(), { timeout: 4000 });
  const { body } = edits.mock.calls[0]?.[0].patch;
  expect(body).toContain("它是我用过最顺手的通勤防晒");
  expect(body).not.toContain("最佳");
});

it("does not offer a quote without consent", async () => {
  open("/post/1");
  await screen.findByText("感觉一般，不如之前那支");
  expect(screen.queryByRole("button", { name: /感觉一般/ })).toBeNull();
  expect(screen.getByRole("button", { name: /引用评价：敏感肌用了没事/ })).toBeTruthy();
});

it("says why a channel refuses a kind of link", async () => {
  open("/link?add=true");
  const channel = await screen.findByRole("combobox", { name: "放在哪里" }).catch(() => screen.getByLabelText("放在哪里", { selector: "input" }));
  fireEvent.click(channel);
  const options = await screen.findAllByRole("option", { name: "小红书 · 小鹿", hidden: true });
  fireEvent.click(options.at(-1) as HTMLElement);
  const link = await screen.findByRole<HTMLInputElement>("radio", { name: /文字链接/ });
  expect(link.disabled).toBe(true);
  expect(screen.getByText(/笔记里不能放链接/)).toBeTruthy();
});

it("makes a missing link where it is asked for, for the channel and the product it is about", async () => {
  const made = vi.fn();
  const body = "真的清爽。[购买](link:1)";
  startPreview([links, publications, posts, {
    get_post: ({ id }) => ({ ...(posts.get_post?.({ id }) as object), body }),
    check_post: ({ id, channel }) => ({ ...(posts.check_post?.({ id, channel }) as object), findings: [{ rule: "link.missing", severity: "warn", field: "body", start: body.indexOf("["), end: body.length, message: "还没有带标记的链接", reason: "", source: "", fix: null }] }),
    create_link: ({ input }) => { made(input); return { code: "K7Q2A3", notes: [] }; },
  }]);
  open("/post/1");
  fireEvent.click(await screen.findByTestId("post-link"));
  const save = await screen.findByTestId("link-save");
  await waitFor(() => expect(save.hasAttribute("disabled")).toBe(false));
  fireEvent.click(save);
  await waitFor(() => expect(made).toHaveBeenCalled());
  expect(made.mock.calls[0]?.[0]).toMatchObject({ post: 1, channel: 1, product: 1 });
});
