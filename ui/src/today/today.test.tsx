import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { afterEach, describe, expect, it } from "vitest";
import type { Today, Todo } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { Loop } from "./Loop";
import TodayPage from "./Page";
import { ask, greeting } from "./words";

afterEach(cleanup);
window.scrollTo = () => {};

const todo = (over: Partial<Todo>): Todo => ({ kind: "draft", id: 5, about: 7, title: "通勤防晒", days: 3, missing: [], cover: null, ...over });
const day = (over: Partial<Today>): Today => ({ on: "2026-11-22", todos: [], new_orders: 0, new_net: 0, new_refunds: 0, currency: "CNY", since: "2026-11-21T00:00:00+08:00", products: 0, photos: 0, posts: 0, publications: 0, ...over });

describe("what waits", () => {
  it("leads to where it can be done", () => {
    const path = (kind: Todo["kind"]) => ask(todo({ kind })).path;
    expect([path("trial_end"), path("draft"), path("receipt"), path("unpublished")]).toEqual(["/trial/5?finish", "/post/5", "/publication/5", "/publication"]);
  });
  it("names the missing days of a trial and opens the latest of them", () => {
    const { why, path } = ask(todo({ kind: "trial_day", missing: ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"] }));
    expect(why).toContain("11 月 20 日");
    expect(why).toContain("等 4 天");
    expect(why).not.toContain("11 月 17 日");
    expect(path).toBe("/trial/5?late=2026-11-20");
  });
  it("says today instead of zero days", () => {
    for (const kind of ["draft", "receipt", "unpublished"] as const) expect(ask(todo({ kind, days: 0 })).why).toMatch(/^今天/);
  });
  it("greets by the hour", () => {
    expect([3, 8, 12, 15, 21].map(greeting)).toEqual(["夜深了", "早上好", "中午好", "下午好", "晚上好"]);
  });
});

describe("the loop", () => {
  it("ticks what is behind and offers only the next step", async () => {
    const router = createRouter({ routeTree: createRootRoute({ component: () => <Loop day={day({ products: 2, photos: 5 })} tried /> }), history: createMemoryHistory() });
    render(<MantineProvider env="test"><RouterProvider router={router as never} /></MantineProvider>);
    const steps = await screen.findAllByRole("listitem");
    expect(steps.map((step) => step.hasAttribute("data-done"))).toEqual([true, true, false, false, false]);
    expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["写第一篇"]);
  });
});

it("leads from a recent photo to that photo", async () => {
  startPreview([{ get_today: () => day({ photos: 2, publications: 1 }), list_photos: () => [7, 6].map((id) => ({ id, caption: `图${id}`, focus_x: null, focus_y: null })) }]);
  const router = open("/", { "/": TodayPage, "/photo": () => <p>素材</p> });
  fireEvent.click(await screen.findByRole("button", { name: "图6" }));
  await screen.findByText("素材");
  expect(router.state.location.href).toBe("/photo?show=6");
});
