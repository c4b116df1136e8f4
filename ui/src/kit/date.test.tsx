import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { DateField } from "./DateField";
import { msToDay, readDay, shiftMonth, weeksOf } from "./day";
import { open } from "./open";
import { Modal } from "./overlays";

afterEach(cleanup);

describe("a day that is typed", () => {
  const read = (words: string) => readDay(words, "2026-11-22");
  it("is understood as people write it", () => {
    for (const words of ["2026-11-02", "2026/11/2", "2026.11.2", "2026年11月2日", "20261102", "11-2", "11月2号"]) expect(read(words)).toBe("2026-11-02");
    expect(read("昨天")).toBe("2026-11-21");
    expect(readDay("11-2 8:05", "2026-11-22", true)).toBe("2026-11-02T08:05");
    expect(readDay("11-2", "2026-11-22", true, "2026-11-01T09:30")).toBe("2026-11-02T09:30");
  });
  it("is refused when the calendar has no such day", () => {
    for (const words of ["2026-02-30", "13-1", "2026-11", "防晒", "", "2026-11-02 08:00"]) expect(read(words)).toBeUndefined();
    expect(readDay("11-2 25:00", "2026-11-22", true)).toBeUndefined();
  });
  it("knows months that are shorter and weeks that begin on Monday", () => {
    expect(shiftMonth("2026-01-31", 1)).toBe("2026-02-28");
    expect(shiftMonth("2026-03-31", -1)).toBe("2026-02-28");
    expect(shiftMonth("2024-02-29", 12)).toBe("2025-02-28");
    expect(weeksOf("2026-11-22")[0]?.[0]).toBe("2026-10-26");
    expect(weeksOf("2026-06-15")[0]?.[0]).toBe("2026-06-01");
  });
});

let said: (string | null)[] = [];
function Form({ from = null as string | null, min }: { from?: string | null; min?: string }) {
  const [day, setDay] = useState(from);
  const [sheet, setSheet] = useState(true);
  return <Modal open={sheet} onClose={() => setSheet(false)} title="单子"><DateField label="哪天" value={day} min={min} onChange={(next) => { said.push(next); setDay(next); }} /></Modal>;
}
const show = async (from: string | null = null, min?: string) => { said = []; open("/", { "/": () => <Form from={from} min={min} /> }); return await screen.findByLabelText("哪天") as HTMLInputElement; };

describe("the date field", () => {
  it("looks empty while it is empty", async () => {
    const field = await show();
    expect([field.value, field.type, field.placeholder]).toEqual(["", "text", "哪天"]);
  });
  it("takes a day when it is written out, a short one when the field is left, and keeps the old one when it is none", async () => {
    const field = await show();
    fireEvent.change(field, { target: { value: "2026-11-02" } });
    expect(said).toEqual(["2026-11-02"]);
    fireEvent.change(field, { target: { value: "11-5" } });
    expect(said).toHaveLength(1);
    fireEvent.blur(field);
    expect(said.at(-1)).toBe(`${msToDay(Date.now()).slice(0, 4)}-11-05`);
    fireEvent.change(field, { target: { value: "11-45" } });
    fireEvent.blur(field);
    expect(screen.getByText(/「11-45」不是日子，没有改动/)).toBeTruthy();
    expect(field.value).toContain("-11-05");
    fireEvent.change(field, { target: { value: "" } });
    expect(said.at(-1)).toBeNull();
  });
  it("opens its calendar from anywhere on it, lets one go on typing beside it, and goes into it by the arrow", async () => {
    const field = await show("2026-11-20");
    fireEvent.click(field);
    await screen.findByRole("grid", { name: "2026年11月", hidden: true });
    fireEvent.change(field, { target: { value: "2026-10-02" } });
    expect(said.at(-1)).toBe("2026-10-02");
    await screen.findByRole("grid", { name: "2026年10月", hidden: true });
    fireEvent.keyDown(field, { key: "ArrowDown" });
    await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("gridcell"));
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("grid")).toBeNull());
    // The sheet it stands in is still open.
    expect(screen.getByText("单子")).toBeTruthy();
  });
  it("says which days it can be", async () => {
    const field = await show("2026-11-10", "2026-11-01");
    fireEvent.change(field, { target: { value: "2026-10-31" } });
    fireEvent.blur(field);
    expect(screen.getByText("要在 2026-11-01 或以后，没有改动。")).toBeTruthy();
    expect(said).toEqual([]);
  });
  it("opens a calendar by the keyboard, walks it, and Escape leaves the sheet under it open", async () => {
    const field = await show("2026-11-10");
    fireEvent.keyDown(field, { key: "ArrowDown", altKey: true });
    const day = await screen.findByRole("gridcell", { name: /11月10日/, hidden: true });
    expect(day.getAttribute("aria-selected")).toBe("true");
    fireEvent.keyDown(day, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("grid", { hidden: true })).toBeNull());
    expect(screen.getByLabelText("哪天")).toBeTruthy();
    fireEvent.keyDown(field, { key: "ArrowDown", altKey: true });
    fireEvent.keyDown(await screen.findByRole("gridcell", { name: /11月10日/, hidden: true }), { key: "PageDown" });
    fireEvent.keyDown(await screen.findByRole("gridcell", { name: /2026年12月10日/, hidden: true }), { key: "ArrowRight" });
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toContain("12月11日"));
    fireEvent.click(document.activeElement ?? field);
    expect(said).toEqual(["2026-12-11"]);
  });
  it("opens on today when there is no day yet, however a room says none", async () => {
    const field = await show("");
    fireEvent.keyDown(field, { key: "ArrowDown", altKey: true });
    const today = await screen.findAllByRole("gridcell", { current: "date", hidden: true });
    expect(today[0]?.getAttribute("tabindex")).toBe("0");
    fireEvent.click(await screen.findByRole("button", { name: "今天", hidden: true }));
    expect(said).toEqual([msToDay(Date.now())]);
  });
});
