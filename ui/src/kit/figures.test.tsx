import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Chip, dayToMs, formatBytes, formatMoney, formatNum, formatPercent, formatSpan, formatWhen, isComposing, isKeys, Loaded, MoneyField, msToDay, Segmented, Table, TextField, TierBar } from ".";

afterEach(cleanup);
const at = (text: string) => new Date(text).getTime();
const now = at("2026-11-22T10:00");

describe("money and numbers", () => {
  it("writes minor units with a narrow space that never breaks and cents only when there are some", () => {
    expect(formatMoney(593400)).toBe("¥\u202f5,934");
    expect(formatMoney(12990)).toBe("¥\u202f129.90");
    expect(formatMoney(5)).toBe("¥\u202f0.05");
  });
  it("puts a true minus before the sign of the currency", () => {
    expect(formatMoney(-120800)).toBe("−¥\u202f1,208");
    expect(formatMoney(400, "CNY", { plus: true })).toBe("+¥\u202f4");
  });
  it("knows currencies without cents and writes unknown ones by code", () => {
    expect(formatMoney(1280, "JPY")).toBe("JP¥\u202f1,280");
    expect(formatMoney(1280, "SGD")).toBe("SGD\u202f12.80");
  });
  it("stays exact for sums a double can hold", () => {
    expect(formatMoney(900719925474099)).toBe("¥\u202f9,007,199,254,740.99");
  });
  it("writes percentages, signs and bytes", () => {
    expect(formatPercent(0.043)).toBe("4.3\u202f%");
    expect(formatPercent(0)).toBe("0.0\u202f%");
    expect(formatNum(-7)).toBe("−7");
    expect(formatNum(11, { plus: true })).toBe("+11");
    expect(formatBytes(1536)).toBe("1.5\u202fKB");
    expect(formatBytes(0)).toBe("0\u202fB");
  });
});

describe("no figure is prettier than the truth", () => {
  it("a share that is not nothing is not said to be nothing, and one that is not all is not said to be all", () => {
    expect(formatPercent(0.0004)).toBe("<0.1\u202f%");
    expect(formatPercent(0.9996)).toBe(">99.9\u202f%");
    expect(formatPercent(0.996, 0)).toBe(">99\u202f%");
    expect(formatPercent(1)).toBe("100.0\u202f%");
  });
});

describe("a field of money", () => {
  it("takes 136.50 as it is typed, zero and all, and yen without cents", () => {
    const said: (number | null)[] = [];
    render(<MantineProvider env="test"><MoneyField label="多少钱" value={null} onChange={(minor) => said.push(minor)} /><MoneyField label="日元" currency="JPY" value={null} onChange={(minor) => said.push(minor)} /></MantineProvider>);
    for (const typed of ["136.50", "20.00", "0.05"]) fireEvent.change(screen.getByLabelText("多少钱"), { target: { value: typed } });
    fireEvent.change(screen.getByLabelText("日元"), { target: { value: "1280" } });
    expect(said).toEqual([13_650, 2_000, 5, 1_280]);
  });
});

describe("moments", () => {
  it("says a date of this year without the year, another with it", () => {
    expect(formatWhen(at("2026-11-22T08:05"), "date", now)).toBe("11 月 22 日");
    expect(formatWhen(at("2025-01-03T08:05"), "date", now)).toBe("2025 年 1 月 3 日");
  });
  it("speaks of near moments as people do", () => {
    expect(formatWhen(now - 20_000, "ago", now)).toBe("刚刚");
    expect(formatWhen(now - 180_000, "ago", now)).toBe("3 分钟前");
    expect(formatWhen(at("2026-11-22T08:05"), "ago", now)).toBe("今天 8:05");
    expect(formatWhen(at("2026-11-21T23:59"), "ago", now)).toBe("昨天 23:59");
    expect(formatWhen(at("2026-11-23T07:00"), "ago", now)).toBe("明天 7:00");
    expect(formatWhen(at("2026-11-08T07:00"), "ago", now)).toBe("11 月 8 日");
  });
  it("shortens a span inside one month", () => {
    expect(formatSpan(at("2026-11-01T00:00"), at("2026-11-22T00:00"), now)).toBe("11 月 1 日 – 22 日");
    expect(formatSpan(at("2026-10-30T00:00"), at("2026-11-02T00:00"), now)).toBe("10 月 30 日 – 11 月 2 日");
  });
  it("carries a local day to milliseconds and back", () => {
    expect(msToDay(dayToMs("2026-11-22"))).toBe("2026-11-22");
    expect(msToDay(dayToMs("2026-11-22T08:05"), true)).toBe("2026-11-22T08:05");
  });
});

describe("what is never said by colour alone", () => {
  it("a chip has its word", () => {
    render(<Chip tone="persimmon">拦下</Chip>);
    expect(screen.getByText("拦下").className).toContain("persimmon");
  });
  it("a tier bar reads its shares aloud", () => {
    render(<TierBar a={42} b={28} c={12} d={18} />);
    expect(screen.getByRole("img").getAttribute("aria-label")).toBe("A 42\u202f% 专属链接或优惠码，B 28\u202f% 平台笔记 ID 或推广位，C 12\u202f% 买家说的，D 18\u202f% 按时间推断（给区间）");
  });
  it("a tier bar without orders says so instead of dividing by zero", () => {
    render(<TierBar a={0} b={0} c={0} d={0} />);
    expect(screen.getByLabelText("还没有订单")).toBeTruthy();
  });
});

describe("keys and input methods", () => {
  it("does not take the Enter that picks a candidate", () => {
    const enter = vi.fn();
    render(<MantineProvider><TextField label="名字" value="fang" onChange={() => {}} onEnter={enter} /></MantineProvider>);
    const input = screen.getByLabelText("名字");
    fireEvent.keyDown(input, { key: "Enter", isComposing: true });
    fireEvent.keyDown(input, { key: "Enter", keyCode: 229 });
    expect(enter).not.toHaveBeenCalled();
    fireEvent.keyDown(input, { key: "Enter" });
    expect(enter).toHaveBeenCalledOnce();
  });
  it("tells composing from typing and one shortcut from another", () => {
    expect(isComposing(new KeyboardEvent("keydown", { key: "a" }))).toBe(false);
    expect(isKeys(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }), "mod+K")).toBe(true);
    expect(isKeys(new KeyboardEvent("keydown", { key: "k" }), "mod+K")).toBe(false);
    expect(isKeys(new KeyboardEvent("keydown", { key: "?", shiftKey: true }), "?")).toBe(true);
    expect(isKeys(new KeyboardEvent("keydown", { key: "Enter", shiftKey: true }), "Enter")).toBe(false);
  });
});

describe("parts of a page", () => {
  it("a segmented control is a named group of radios", () => {
    const change = vi.fn();
    render(<Segmented label="渠道" value="xhs" onChange={change} options={[{ value: "xhs", label: "小红书" }, { value: "gzh", label: "公众号" }]} />);
    fireEvent.click(screen.getByLabelText("公众号"));
    expect(change).toHaveBeenCalledWith("gzh");
  });
  it("a query is shown in its four states", () => {
    const again = vi.fn();
    const show = (query: { data: string[] | undefined; error: unknown; isPending: boolean }) =>
      <Loaded query={{ ...query, refetch: again }} empty={<p>空</p>}>{(rows) => <p>{rows.join()}</p>}</Loaded>;
    const { rerender } = render(show({ data: undefined, error: null, isPending: true }));
    expect(screen.getByLabelText("正在打开")).toBeTruthy();
    rerender(show({ data: [], error: null, isPending: false }));
    expect(screen.getByText("空")).toBeTruthy();
    rerender(show({ data: ["甲", "乙"], error: null, isPending: false }));
    expect(screen.getByText("甲,乙")).toBeTruthy();
    rerender(show({ data: undefined, error: { code: "busy", message: "工作区正被另一个窗口使用。" }, isPending: false }));
    expect(screen.getByText("工作区正被另一个窗口使用。")).toBeTruthy();
    fireEvent.click(screen.getByText("再试一次"));
    expect(again).toHaveBeenCalledOnce();
  });
  it("a table of 10,000 rows draws only what is seen", () => {
    const rows = Array.from({ length: 10_000 }, (_, nth) => ({ id: nth, name: `好物 ${nth}` }));
    render(<Table label="好物" rows={rows} rowKey={(row) => row.id} columns={[{ key: "name", title: "名字", cell: (row) => row.name }]} />);
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("10001");
  });
});
