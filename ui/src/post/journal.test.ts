import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Journal } from "./journal";

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
