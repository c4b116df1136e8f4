import { QueryClient } from "@tanstack/react-query";
import { emit } from "@tauri-apps/api/event";
import { clearMocks, mockConvertFileSrc, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CoreError, followChanges, followJobs, foldJob, inWindow, type Job, photoUrl, unwrap } from ".";

afterEach(() => { clearMocks(); delete (window as { __TAURI_INTERNALS__?: unknown }).__TAURI_INTERNALS__; });
const job = (over: Partial<Job> = {}): Job => ({ job: "1", kind: "photo", done: 1, total: 3, note: "", state: "running", ...over });

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
  it("folds progress into the list of jobs, newest news last", async () => {
    expect(foldJob([job()], job({ done: 2 }))).toEqual([job({ done: 2 })]);
    expect(foldJob([job()], job({ job: "2" })).map((one) => one.job)).toEqual(["1", "2"]);
    mockWindows("main");
    mockIPC(() => null, { shouldMockEvents: true });
    const client = new QueryClient();
    followJobs(client);
    await vi.waitFor(async () => {
      await emit("progress", job({ done: 3, state: "done" }));
      expect(client.getQueryData(["job"])).toEqual([job({ done: 3, state: "done" })]);
    });
  });
});
