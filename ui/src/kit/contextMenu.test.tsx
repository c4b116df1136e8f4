import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { cleanup, createEvent, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { ContextMenuHost, contextMenu } from "./ContextMenu";

afterEach(cleanup);

const acts = { open: vi.fn(), copy: vi.fn(), remove: vi.fn() };
const open = () => render(
  <MantineProvider env="test"><I18nProvider i18n={i18n}>
    <button type="button" {...contextMenu("云感防晒乳", () => [{ label: "打开", onClick: acts.open }, "rule", { label: "删掉", danger: true, onClick: acts.remove }])}>云感防晒乳<input type="radio" aria-label="选它" /></button>
    <div {...contextMenu("外面", () => [{ label: "外面的", onClick: () => {} }])}><span>里外<textarea aria-label="正文" /><i contentEditable suppressContentEditableWarning>可写</i></span></div>
    <p>空白处</p>
    <ContextMenuHost onCopy={acts.copy} />
  </I18nProvider></MantineProvider>);

/** Right-clicks; answers whether the browser's own menu was kept off. */
function rightClick(on: Element): boolean {
  const event = createEvent.contextMenu(on, { button: 2, clientX: 40, clientY: 50 });
  fireEvent(on, event);
  return event.defaultPrevented;
}

it("the browser's own menu comes up in text fields and nowhere else", () => {
  open();
  expect(rightClick(screen.getByText("空白处"))).toBe(true);
  expect(screen.queryByRole("menu")).toBeNull();
  expect(rightClick(screen.getByLabelText("选它"))).toBe(true);
  expect(rightClick(screen.getByLabelText("正文"))).toBe(false);
  expect(rightClick(screen.getByText("可写"))).toBe(false);
  expect(screen.queryByText("外面的")).toBeNull();
});

it("a thing opens its own menu at the pointer, does what is chosen, and the focus goes back to where it was", async () => {
  open();
  const thing = screen.getByRole("button", { name: /云感防晒乳/ });
  thing.focus();
  expect(rightClick(thing)).toBe(true);
  expect(screen.getByRole("menu", { name: "云感防晒乳" })).toBeTruthy();
  expect((await screen.findAllByRole("menuitem")).map((item) => item.textContent)).toEqual(["打开", "删掉"]);
  fireEvent.click(screen.getByRole("menuitem", { name: "删掉" }));
  expect(acts.remove).toHaveBeenCalledOnce();
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(document.activeElement).toBe(thing);
});

it("the menu key opens it on the thing, and another right click moves it to the other thing", async () => {
  open();
  const thing = screen.getByRole("button", { name: /云感防晒乳/ });
  fireEvent.contextMenu(thing, { button: 0, clientX: 0, clientY: 0 });
  expect(await screen.findByRole("menuitem", { name: "打开" })).toBeTruthy();
  rightClick(screen.getByText("里外"));
  await waitFor(() => expect(screen.queryByRole("menuitem", { name: "打开" })).toBeNull());
  expect(screen.getByRole("menuitem", { name: "外面的" })).toBeTruthy();
});
