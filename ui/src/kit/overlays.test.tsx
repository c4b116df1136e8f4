import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { flushSync } from "react-dom";
import { afterEach, describe, expect, it } from "vitest";
import { open } from "./open";
import { Modal } from "./overlays";

afterEach(cleanup);

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
