import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Row } from "../ipc";
import { everyDay, spanDays } from "./period";
import { reportColumns, ReportTable } from "./ReportTable";

afterEach(cleanup);

describe("the period", () => {
  const now = new Date("2026-11-22T10:00").getTime();
  it("of a month begins on its first day, of 30 days counts today", () => {
    expect(spanDays("month", now)).toEqual({ from: "2026-11-01", to: "2026-11-22" });
    expect(spanDays("days30", now)).toEqual({ from: "2026-10-24", to: "2026-11-22" });
  });
  it("shows a day without orders as zero and keeps other currencies out", () => {
    const day = (on: string, currency: string, net: number) => ({ on, currency, orders: 1, net, refunded: 0 });
    const all = everyDay([day("2026-11-01", "CNY", 100), day("2026-11-02", "USD", 7), day("2026-11-03", "CNY", 50)], "CNY");
    expect(all.map(({ on, net }) => [on, net])).toEqual([["2026-11-01", 100], ["2026-11-02", 0], ["2026-11-03", 50]]);
  });
});

describe("which post brought orders", () => {
  const row = (over: Partial<Row>): Row => ({ id: 1, title: "通勤防晒", note: "小红书 · 小鹿", cover: null, orders: 1.5, gross: 20000, refunded: 5000, net: 15000, currency: "CNY", commission_estimated: null, commission_settled: null, tiers: { A: 1, B: 0.5, C: 0, D: { credit: 0, low: 0, high: 0 } }, ...over });
  it("takes refunds off, keeps shared orders fractional, and says how sure it is", () => {
    render(<MantineProvider env="test">{reportColumns("posts").map((column) => <div key={column.key}>{column.cell(row({}))}</div>)}</MantineProvider>);
    for (const figure of ["1.5", "¥\u202f150", "25.0\u202f%"]) expect(document.body.textContent).toContain(figure);
    expect(screen.getByText("25.0\u202f%", { normalizer: (text) => text }).className).toBe("bad");
    expect(screen.getByRole("img", { name: /A 67\s%.*B 33\s%/ })).toBeTruthy();
  });
  it("says how to get there when nothing is credited yet", () => {
    render(<MantineProvider env="test"><ReportTable rows={[]} by="posts" onOpen={() => {}} /></MantineProvider>);
    expect(screen.getByText("还没有一单找得到来处")).toBeTruthy();
  });
});
