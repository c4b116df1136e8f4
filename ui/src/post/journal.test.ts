import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderHook } from "@testing-library/react";
import { leaveSafely } from "../kit";
import { Journal, useJournal } from "./journal";

type Draft = { title: string; body: string };
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the journal", () => {
  it("saves half a second after the last key, once, with everything that changed", async () => {
    const save = vi.fn(async () => {});
    const journal = new Journal<Draft>(save);
    journal.change({ title: "a" });
    await vi.advanceTimersByTimeAsync(300);
    journal.change({ title: "ab", body: "x" });
    expect(journal.look().state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(500);
    expect(save.mock.calls).toEqual([[{ title: "ab", body: "x" }]]);
    expect(journal.look().state).toBe("saved");
  });

  it("does not wait longer than a second while somebody keeps typing", async () => {
    const save = vi.fn(async () => {});
    const journal = new Journal<Draft>(save);
    for (let key = 0; key < 5; key++) {
      journal.change({ body: "x".repeat(key) });
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(save).toHaveBeenCalled();
  });

  it("runs one save at a time and sends what was typed meanwhile with the next", async () => {
    let done = () => {};
    const save = vi.fn(() => new Promise<void>((resolve) => { done = resolve; }));
    const journal = new Journal<Draft>(save);
    journal.change({ body: "one" });
    await vi.advanceTimersByTimeAsync(500);
    journal.change({ body: "two" });
    await vi.advanceTimersByTimeAsync(900);
    expect(save).toHaveBeenCalledTimes(1);
    done();
    await vi.advanceTimersByTimeAsync(0);
    expect(save.mock.calls).toEqual([[{ body: "one" }], [{ body: "two" }]]);
    done();
    await vi.advanceTimersByTimeAsync(0);
    expect(journal.idle).toBe(true);
  });

  it("keeps the words of a save that failed, under what was typed since, and tries again", async () => {
    const save = vi.fn(async () => {}).mockRejectedValueOnce(new Error("磁盘满了"));
    const journal = new Journal<Draft>(save);
    journal.change({ title: "t", body: "old" });
    await journal.flush();
    expect(journal.look().state).toBe("failed");
    expect(journal.unsaved).toEqual({ title: "t", body: "old" });
    journal.change({ body: "new" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(save).toHaveBeenLastCalledWith({ title: "t", body: "new" });
    expect(journal.idle).toBe(true);
  });

  it("saves at once when asked, such as before leaving the page", async () => {
    const save = vi.fn(async () => {});
    const journal = new Journal<Draft>(save);
    journal.change({ body: "x" });
    await journal.flush();
    expect(save).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(save).toHaveBeenCalledTimes(1);
  });
});

describe("leaving a workspace", () => {
  const refused = () => new Error("没有切换");

  it("saves what is typed first, and lets nothing of it reach the next workspace", async () => {
    const order: string[] = [];
    const { result } = renderHook(() => useJournal<Draft>("post:3", async ({ title }) => { order.push(`saved ${title}`); }));
    const old = result.current;
    old.change({ title: "旧本子" });
    await leaveSafely(refused, async () => {
      order.push("opened");
      old.change({ title: "开着的时候敲的" });
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(order).toEqual(["saved 旧本子", "opened"]);
    const { result: next } = renderHook(() => useJournal<Draft>("post:3", async () => {}));
    expect(next.current.unsaved).toEqual({});
    expect(next.current).not.toBe(old);
  });

  it("is refused while a text cannot be saved, which stays and is tried again", async () => {
    const save = vi.fn().mockRejectedValue(new Error("磁盘满了"));
    const { result } = renderHook(() => useJournal<Draft>("post:4", save));
    result.current.change({ body: "写到一半" });
    const go = vi.fn();
    await expect(leaveSafely(refused, go)).rejects.toThrow("没有切换");
    expect(go).not.toHaveBeenCalled();
    expect(result.current.unsaved).toEqual({ body: "写到一半" });
    save.mockResolvedValue(undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(result.current.idle).toBe(true);
  });
});
