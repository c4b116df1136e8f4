import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MoneyField, TagsField } from ".";

afterEach(cleanup);

function Field() {
  const [value, setValue] = useState<string[]>([]);
  return <MantineProvider env="test"><TagsField label="卖点" value={value} onChange={setValue} /><output>{value.join("|")}</output></MantineProvider>;
}
const said = () => screen.getByRole("status").textContent;

describe("tags", () => {
  it("are split at the marks an input method puts in as text, where no key ever says them", () => {
    render(<Field />);
    const input = document.querySelector("input:not([type=hidden])") as HTMLInputElement;
    input.focus();
    fireEvent.change(input, { target: { value: "好推开、不黏" } });
    expect(said()).toBe("好推开");
    fireEvent.keyDown(input, { key: "Enter" });
    expect(said()).toBe("好推开|不黏");
  });

  it("are left alone while letters are being composed", () => {
    render(<Field />);
    const input = document.querySelector("input:not([type=hidden])") as HTMLInputElement;
    input.focus();
    fireEvent.compositionStart(input);
    fireEvent.change(input, { target: { value: "hao,tui" } });
    expect(said()).toBe("");
    fireEvent.change(input, { target: { value: "好推，" } });
    fireEvent.compositionEnd(input);
    expect(said()).toBe("好推");
  });
});

describe("a money field", () => {
  it("sends its form by Return as every other field does", () => {
    const sent = vi.fn();
    render(<MantineProvider env="test"><MoneyField label="多少钱" value={100} onChange={() => {}} onEnter={sent} /></MantineProvider>);
    fireEvent.keyDown(screen.getByLabelText("多少钱"), { key: "Enter" });
    expect(sent).toHaveBeenCalledOnce();
  });
});
