import { QueryClient } from "@tanstack/react-query";
import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockConvertFileSrc, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CoreError, followChanges, followJobs, inWindow, type Job, pasteText, photoUrl, type Reply, runJob, unwrap } from ".";

afterEach(() => { clearMocks(); delete (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__; });

describe("the door to the window", () => {
  it("stays shut without a fuss in a plain browser", () => {
    expect(inWindow()).toBe(false);
    expect(() => followChanges(new QueryClient())()).not.toThrow();
    expect(photoUrl("a b", "thumb")).toBe("photo://localhost/thumb/a%20b");
  });
  it("keeps the slashes of a photo's address on every system", () => {
    mockWindows("main");
    mockConvertFileSrc("windows");
    expect(photoUrl("7", "preview", 2)).toBe("http://photo.localhost/preview/7?v=2");
  });
  it("throws a command's error with its code and field", async () => {
    const refused = unwrap(Promise.resolve({ status: "error" as const, error: { code: "invalid", message: "名字不能空着。", field: "name" } }));
    await expect(refused).rejects.toMatchObject({ code: "invalid", field: "name", message: "名字不能空着。" });
    await expect(unwrap(Promise.resolve({ status: "ok" as const, data: 7 }))).resolves.toBe(7);
    await expect(unwrap(Promise.reject("断了"))).rejects.toBeInstanceOf(CoreError);
  });
  it("asks again only the queries of the nouns that changed", async () => {
    mockWindows("main");
    mockIPC(() => null, { shouldMockEvents: true });
    const client = new QueryClient();
    client.setQueryData(["link", "list"], []);
    client.setQueryData(["post", "list"], []);
    const stop = followChanges(client);
    await vi.waitFor(async () => {
      await emit("changed", { nouns: ["link"] });
      expect(client.getQueryState(["link", "list"])?.isInvalidated).toBe(true);
    });
    expect(client.getQueryState(["post", "list"])?.isInvalidated).toBe(false);
    stop();
  });
  it("follows a job from its start to its end", async () => {
    mockWindows("main");
    mockIPC(() => null, { shouldMockEvents: true });
    const client = new QueryClient();
    followJobs(client);
    let finish: (reply: Reply<number>) => void = () => {};
    const answer = runJob(client, "photo", () => new Promise<Reply<number>>((resolve) => { finish = resolve; }));
    const now = () => client.getQueryData<Job[]>(["job"])?.at(-1);
    const number = now()?.job ?? 0;
    await vi.waitFor(async () => {
      await emit("progress", { job: number, progress: { done: 2, total: 3, failed: 1, note: "猫.jpg" } });
      expect(now()).toMatchObject({ done: 2, total: 3, failed: 1, note: "猫.jpg", state: "running" });
    });
    finish({ status: "ok", data: 7 });
    expect(await answer).toBe(7);
    expect(now()?.state).toBe("done");
  });
  it("tells a job that was stopped from one that failed", async () => {
    const client = new QueryClient();
    const state = () => client.getQueryData<Job[]>(["job"])?.at(-1)?.state;
    await runJob(client, "photo", () => Promise.resolve({ status: "ok" as const, data: { cancelled: true } }));
    expect(state()).toBe("cancelled");
    const refused = { status: "error" as const, error: { code: "disk_full", message: "磁盘满了。" } };
    await expect(runJob(client, "photo", () => Promise.resolve(refused))).rejects.toMatchObject({ code: "disk_full" });
    expect(state()).toBe("failed");
  });
});

describe("the clipboard", () => {
  const answer = (said: unknown) => { mockWindows("main"); mockIPC(() => { throw said; }); };
  it("is empty when there is no text on it, and says so when it may not be read", async () => {
    answer("The clipboard contents were not available in the requested format or the clipboard is empty.");
    expect(await pasteText()).toBe("");
    answer("clipboard-manager.read_text not allowed. Permissions associated with this command: clipboard-manager:allow-read-text");
    await expect(pasteText()).rejects.toThrow("not allowed");
  });
  it("may be read in the real window", () => {
    const may = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../src-tauri/capabilities/main.json"), "utf8")) as { permissions: string[] };
    expect(may.permissions).toContain("clipboard-manager:allow-read-text");
  });
});
