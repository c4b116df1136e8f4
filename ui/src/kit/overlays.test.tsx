import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { afterEach, describe, expect, it } from "vitest";
import { open } from "./open";
import { TextField } from "./fields";
import { forgetForms, useKept } from "./kept";
import { Modal, say } from "./overlays";
import { useRefusal } from "./refusal";

afterEach(() => { cleanup(); forgetForms(); say.clear(); });

function Two() {
  const [below, setBelow] = useState(true);
  const [above, setAbove] = useState(true);
  return (
    <>
      <Modal open={below} onClose={() => setBelow(false)} title="下面">照片</Modal>
      {/* A real window draws between two listeners; so does this, or the one below would still know of the one above. */}
      <Modal open={above} onClose={() => flushSync(() => setAbove(false))} title="上面">问一句</Modal>
    </>
  );
}

describe("sheets", () => {
  it("are closed by Escape one at a time, the topmost first", async () => {
    open("/", { "/": Two });
    await screen.findByText("问一句");
    fireEvent.keyDown(document.body, { key: "Escape" });
    await waitFor(() => expect(screen.queryByText("问一句")).toBeNull());
    expect(screen.getByText("照片")).toBeTruthy();
    fireEvent.keyDown(document.body, { key: "Escape" });
    await waitFor(() => expect(screen.queryByText("照片")).toBeNull());
  });
});

function Form() {
  const [shown, setShown] = useState(true);
  const form = useKept("test", { name: "", place: "" });
  const refused = useRefusal(["place"]);
  const send = () => { refused.by({ field: "place", message: "没有这个地方。" }); };
  return (
    <>
      <button type="button" onClick={() => setShown(true)}>打开</button>
      <Modal open={shown} onClose={() => setShown(false)} kept={form.filled} title="单子" actions={<button type="button" onClick={send}>记下</button>}>
        <TextField label="名字" value={form.value.name} onChange={(name) => form.set((was) => ({ ...was, name }))} />
        <TextField label="地方" value={form.value.place} error={refused.at("place")} onChange={(place) => { refused.clear(); form.set((was) => ({ ...was, place })); }} />
      </Modal>
    </>
  );
}

describe("forms in a sheet", () => {
  it("begin in their first field, not on the cross", async () => {
    open("/", { "/": Form });
    const field = await screen.findByLabelText("名字");
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it("keep what was filled in when Escape closes them, and say so; an empty one says nothing", async () => {
    open("/", { "/": Form });
    const field = await screen.findByLabelText("名字");
    fireEvent.change(field, { target: { value: "小鹿的店" } });
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(await screen.findByText("填的都还留着，再打开接着填")).toBeTruthy();
    fireEvent.click(screen.getByText("打开"));
    expect((await screen.findByLabelText("名字") as HTMLInputElement).value).toBe("小鹿的店");
    cleanup(); forgetForms(); say.clear();
    open("/", { "/": Form });
    await screen.findByLabelText("名字");
    fireEvent.keyDown(document.body, { key: "Escape" });
    await waitFor(() => expect(screen.queryByLabelText("名字")).toBeNull());
    expect(screen.queryByText("填的都还留着，再打开接着填")).toBeNull();
  });

  it("mark the field the core refused and put the hand in it, each time it is sent", async () => {
    open("/", { "/": Form });
    const field = await screen.findByLabelText("地方");
    for (let time = 0; time < 2; time += 1) {
      const button = screen.getByText("记下");
      button.focus();
      fireEvent.click(button);
      await waitFor(() => expect(document.activeElement).toBe(field));
      expect(field.getAttribute("aria-invalid")).toBe("true");
    }
    expect(screen.getByText("没有这个地方。")).toBeTruthy();
  });
});

describe("what is said in the corner", () => {
  it("says a failure once however often it comes, and not what the tray of running work has said", async () => {
    open("/", { "/": () => <p>页</p> });
    await screen.findByText("页");
    say.failed(new Error("磁盘满了。"));
    say.failed(new Error("磁盘满了。"));
    say.failed(Object.assign(new Error("同步没做完。"), { told: true }));
    await waitFor(() => expect(screen.getAllByText("磁盘满了。")).toHaveLength(1));
    expect(screen.queryByText("同步没做完。")).toBeNull();
  });
});
