import { describe, expect, it } from "vitest";
import type { BundleRecord, Publication } from "../ipc";
import { pasteable } from "./paste";
import { crowded, ready, unsorted, weeks } from "./ready";

const bundle = (id: number, post: number, channel: number, created_at: string): BundleRecord => ({ id, post, channel, path: "", override_reason: "", created_at });
const out = (post: number, channel: number, at: string): Publication => ({ id: 1, post, post_title: "", cover: null, channel, channel_name: "", platform: "", at, url: "", note_id: "", receipt: true });

describe("what waits to be published", () => {
  it("is the newest bundle of a post and channel, until it went out there", () => {
    const bundles = [bundle(1, 1, 1, "2026-11-01T08:00:00Z"), bundle(2, 1, 1, "2026-11-03T08:00:00Z"), bundle(3, 1, 2, "2026-11-02T08:00:00Z")];
    expect(ready(bundles, [])).toMatchObject([{ id: 2 }, { id: 3 }]);
    expect(ready(bundles, [out(1, 1, "2026-11-02T08:00:00Z")])).toMatchObject([{ id: 2 }, { id: 3 }]);
    expect(ready(bundles, [out(1, 1, "2026-11-03T09:00:00Z")])).toMatchObject([{ id: 3 }]);
  });
});

describe("the calendar", () => {
  it("shows whole weeks from Monday", () => {
    const november = weeks(2026, 10);
    expect(november[0]?.[0]).toBe("2026-10-26");
    expect(november.at(-1)?.[6]).toBe("2026-12-06");
    expect(november.every((week) => week.length === 7)).toBe(true);
  });
});

describe("restraint", () => {
  it("counts posts, not channels, and only the last seven days", () => {
    const now = Date.parse("2026-11-22T00:00:00Z");
    const went = [out(1, 1, "2026-11-20T00:00:00Z"), out(1, 2, "2026-11-20T00:00:00Z"), out(2, 1, "2026-11-21T00:00:00Z"), out(3, 1, "2026-11-01T00:00:00Z")];
    expect(crowded(went, () => ["面霜"], now)).toEqual([{ category: "面霜", times: 2 }]);
    expect(crowded(went, (post) => [String(post)], now)).toEqual([]);
    expect(unsorted(went, (post) => (post === 1 ? ["面霜"] : []), now), "2 is recent and nobody wrote what it is, 3 is too old").toBe(1);
  });
});

describe("HTML for an article editor", () => {
  it("carries pictures inside, and says which one could not be read", async () => {
    const html = `<section><img src="photo:7" style="max-width:100%"></section><img src='photo:9'><p>photo:7</p>`;
    expect(await pasteable(html, undefined, async (id) => (id === "7" ? "data:image/jpeg;base64,AA" : undefined)))
      .toBe(`<section><img src="data:image/jpeg;base64,AA" style="max-width:100%"></section><span style="color:#999999">【图 2】</span><p>photo:7</p>`);
  });
});
