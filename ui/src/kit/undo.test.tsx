import { notifications } from "@mantine/notifications";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { open } from "./open";
import { say } from "./overlays";
import { keepUndo, useUndoKey } from "./undo";

afterEach(() => { notifications.clean(); cleanup(); });

const done = vi.fn();
const Here = () => { useUndoKey(done); return <p>这一页</p>; };
/** Fails the first time. */
const stubborn = () => vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error("磁盘满了")).mockResolvedValue();
const press = () => fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });

it("says no success after an undo that failed, and keeps the way back in its place", async () => {
  done.mockReset();
  open("/", { "/": Here });
  await screen.findByText("这一页");
  const [first, last] = [vi.fn(), stubborn()];
  keepUndo(first);
  keepUndo(last);
  press();
  expect(await screen.findByText("磁盘满了")).toBeTruthy();
  expect(done, "nothing was taken back").not.toHaveBeenCalled();
  press();
  await waitFor(() => expect(done).toHaveBeenCalledWith(true));
  expect([last.mock.calls.length, first.mock.calls.length], "the failed one is tried again before older ones").toEqual([2, 0]);
});

it("leaves the offer in the corner when taking it back failed", async () => {
  open("/", { "/": Here });
  await screen.findByText("这一页");
  const undo = stubborn();
  act(() => say.done("评了 5 星", undo));
  fireEvent.click(await screen.findByRole("button", { name: "撤销" }));
  expect(await screen.findByText("磁盘满了")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "撤销" }));
  await waitFor(() => expect(undo).toHaveBeenCalledTimes(2));
  await waitFor(() => expect(screen.queryByRole("button", { name: "撤销" }), "taken back, the offer goes").toBeNull());
});

it("takes back from the corner what was done on a page that was left since", async () => {
  const router = open("/", { "/": Here, "/else": () => <p>别处</p> });
  await screen.findByText("这一页");
  const undo = vi.fn();
  act(() => say.done("删了 2 张", undo));
  router.history.push("/else");
  await screen.findByText("别处");
  fireEvent.click(await screen.findByRole("button", { name: "撤销" }));
  await waitFor(() => expect(undo).toHaveBeenCalledTimes(1));
});
