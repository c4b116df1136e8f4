import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Row, Total } from "../ipc";
import { everyDay, spanDays } from "./period";
import { reportColumns, reportFoot, ReportTable } from "./ReportTable";

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
  it("adds up to the sum above it: what nobody is known to have brought stands under the rows", () => {
    const total: Total = { currency: "CNY", orders: 4, gross: 55000, refunded: 6000, net: 49000, commission_estimated: null, commission_settled: null, tiers: { A: 2, B: 1, C: 0, D: { credit: 0, low: 0, high: 0 } }, unknown: 1 };
    const rows = [row({}), row({ id: 2, orders: 1.5, gross: 20000, refunded: 0, net: 20000 })];
    render(<MantineProvider env="test"><ReportTable rows={rows} by="posts" total={total} onOpen={() => {}} /></MantineProvider>);
    const said = screen.getAllByRole("row").map((one) => one.textContent ?? "");
    expect(said.at(-2)).toContain("来源不明");
    expect(said.at(-2)).toContain("¥\u202f140");
    expect(said.at(-1)).toContain("合计");
    expect(said.at(-1)).toContain("¥\u202f490");
    expect(reportFoot([row({ net: 49000, gross: 55000, refunded: 6000, orders: 4 })], "posts", total).map((one) => one.key)).toEqual(["total"]);
    expect(reportFoot(rows, "products", total)[0]?.cells.orders).toBe("–");
  });
  it("says how to get there when nothing is credited yet", () => {
    render(<MantineProvider env="test"><ReportTable rows={[]} by="posts" onOpen={() => {}} /></MantineProvider>);
    expect(screen.getByText("还没有一单找得到来处")).toBeTruthy();
  });
});
