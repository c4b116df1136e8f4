import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useDraft } from "./draft";
import { leaveSafely, settle, trackGuard } from "./unsaved";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe("a draft", () => {
  it("is saved once after the typing stops, with the last words", async () => {
    const save = vi.fn().mockResolvedValue(undefined);
    const { result } = renderHook(() => useDraft<string>("", save, 700));
    for (const text of ["用", "用了", "用了三天"]) act(() => result.current.set(text));
    expect(result.current.value).toBe("用了三天");
    await act(() => vi.advanceTimersByTimeAsync(700));
    expect(save.mock.calls).toEqual([["用了三天"]]);
    expect(result.current.state).toBe("kept");
  });

  it("stays on screen when it cannot be saved, and is tried again on leaving the field", async () => {
    const save = vi.fn().mockRejectedValueOnce(new Error("磁盘满了")).mockResolvedValue(undefined);
    const { result } = renderHook(() => useDraft<string>("旧的", save, 700));
    act(() => result.current.set("新的"));
    await act(() => vi.advanceTimersByTimeAsync(700));
    expect([result.current.value, result.current.state]).toEqual(["新的", "failed"]);
    await act(async () => { await result.current.flush(); });
    expect(save).toHaveBeenCalledTimes(2);
    expect(result.current.state).toBe("kept");
  });

  it("is not lost when the page is left before the pause", async () => {
    const save = vi.fn().mockResolvedValue(undefined);
    const { result, unmount } = renderHook(() => useDraft<string>("", save, 700));
    act(() => result.current.set("写到一半"));
    unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(save).toHaveBeenCalledWith("写到一半");
  });

  it("saves one after another, never an older text over a newer", async () => {
    const done: string[] = [];
    const save = vi.fn((text: string) => new Promise<void>((resolve) => setTimeout(() => { done.push(text); resolve(); }, text === "一" ? 500 : 10)));
    const { result } = renderHook(() => useDraft<string>("", save, 100));
    act(() => result.current.set("一"));
    await act(() => vi.advanceTimersByTimeAsync(150));
    act(() => result.current.set("一二"));
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(done).toEqual(["一", "一二"]);
  });

  it("goes to its own workspace before another one opens, or holds it open", async () => {
    const save = vi.fn().mockResolvedValue(undefined);
    const { result, unmount } = renderHook(() => useDraft<string>("", save, 700));
    const refused = () => new Error("没有切换");
    act(() => result.current.set("三天"));
    const go = vi.fn(async () => { expect(save).toHaveBeenCalledWith("三天"); });
    await act(() => leaveSafely(refused, go));
    expect(go).toHaveBeenCalledTimes(1);
    save.mockRejectedValue(new Error("磁盘满了"));
    act(() => result.current.set("四天"));
    await act(() => expect(leaveSafely(refused, go)).rejects.toThrow("没有切换"));
    expect(go).toHaveBeenCalledTimes(1);
    unmount();
  });

  it("is saved before the window goes, and what cannot be saved is named", async () => {
    const save = vi.fn().mockResolvedValue(undefined);
    const { result, unmount } = renderHook(() => useDraft<string>("", save, 700));
    act(() => result.current.set("三天"));
    expect(await act(() => settle())).toEqual([]);
    expect(save).toHaveBeenCalledWith("三天");
    const untrack = trackGuard(() => "这张拼图还没存。");
    save.mockRejectedValue(new Error("磁盘满了"));
    act(() => result.current.set("四天"));
    expect(await act(() => settle())).toEqual(["刚写的字没能存下。", "这张拼图还没存。"]);
    untrack();
    // A save that never comes back does not keep the window open for ever.
    save.mockReturnValue(new Promise(() => {}));
    act(() => result.current.set("五天"));
    const asked = settle();
    await act(() => vi.advanceTimersByTimeAsync(5000));
    expect(await asked).toEqual(["刚写的字没能存下。"]);
    unmount();
  });
});
