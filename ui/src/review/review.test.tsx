import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useEffect } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Found, followChanges, type Review, type ReviewSummary } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import ReviewPage from "./Page";
import { pieces, sifted } from "./sift";
import { Reviews } from "./Section";

const cheap: Found = { kind: "bought_because", label: "便宜", standing: "proposed", hits: [{ start: 2, end: 4, text: "便宜" }] };
const review = (id: number, over: Partial<Review> = {}): Review => ({
  id, product: 1, own: false, buyer: "a91c77e0", rating: 5, text: "😀便宜好用", reasons: [], returned: [], sensitivity: null, found: [cheap], consent: false, consent_at: null, consent_how: "", photos: [], source: "妈妈三群", note: "", said_on: null, edits: 0, trashed_at: null,
  created_at: "2026-11-01T00:00:00Z", ...over,
});
const summary: ReviewSummary = { total: 3, own: 1, buyers: 2, rated: 3, authorised: 1, with_photos: 0, returned: 0, trashed: 2, reasons: [{ kind: "bought_because", label: "便宜", said: 1, proposed: 1 }] };
const calls = vi.fn();
let kept: Review[];

beforeEach(() => {
  calls.mockReset();
  kept = [
    review(1, { own: true, buyer: null, text: "我自己用了二十天", found: [] }), review(2),
    review(3, { text: "又便宜又好", reasons: ["便宜"], consent: true, consent_how: "私信", found: [{ ...cheap, standing: "accepted", hits: [{ start: 1, end: 3, text: "便宜" }] }] }), review(4, { text: "一般", found: [] }), review(5, { text: "物流慢", found: [] }), review(6, { text: "还行吧", found: [] }),
  ];
  startPreview([{
    list_reviews: () => kept, get_review_summary: () => summary, list_products: () => [{ id: 1, name: "云感防晒乳", brand: "" }], list_photos: () => [],
    decide_reviews: (args) => { calls("decide", args); return args.ids; }, remove_reviews: (args) => { calls("remove", args); return null; }, restore_reviews: (args) => { calls("restore", args); return null; },
    consent_review: (args) => { calls("consent", args); return review(2); }, edit_review: (args) => { calls("edit", args); return review(2); }, pick_files: () => ["/表/评价.csv"],
    split_reviews: ({ input }) => ({ columns: [], rows: 2, new: 2, known: 0, hidden: 1, refused: [{ row: 4, reason: "只有图片或表情，没有文字。" }], pieces: [{ row: 1, who: "小鹿", text: (input as { text: string }).text.split("\n")[0], rating: null, said_on: null, hidden: 1, known: false }, { row: 2, who: "", text: "第二条", rating: null, said_on: null, hidden: 0, known: false }] }),
    paste_reviews: (args) => { calls("paste", args); return { imported: [1], duplicates: [], refused: [] }; },
    preview_reviews: ({ takes }) => ({ columns: [{ name: "谁", takes: (takes as never[] | null)?.[0] ?? null, samples: ["小鹿"] }, { name: "说了啥", takes: (takes as never[] | null)?.[1] ?? null, samples: ["好用"] }], rows: 1, new: takes ? 1 : 0, known: 0, hidden: 0, refused: [], pieces: [] }),
    import_reviews: (args) => { calls("import", args); return { imported: [1], duplicates: [], refused: [{ row: 9, reason: "评价没有内容，没有保存。" }] }; },
    list_review_rules: () => [{ kind: "bought_because", label: "便宜", words: ["便宜"], enabled: true, shipped: true, own: true }],
    set_review_rule: (args) => { calls("set", args); return [{ ...args, shipped: true, own: true }]; }, reset_review_rule: (args) => { calls("reset", args); return []; },
    try_review_rule: () => ({ total: 1, reviews: [{ id: 2, product: 1, text: "😀便宜好用", hits: cheap.hits }] }),
  }]);
});
afterEach(() => { cleanup(); notifications.clean(); });
/** What is written comes round, as in the window. */
function Follow() {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  return null;
}
const section = () => open("/", { "/": () => <Reviews product={1} />, "/review": () => <p>all</p> });

describe("where words stand", () => {
  it("cuts a text at UTF-16 offsets, an emoji being two, and overlapping hits share a piece", () => {
    expect(pieces("😀便宜好用", [cheap]).map((one) => one.text)).toEqual(["😀", "便宜", "好用"]);
    const over = pieces("不便宜", [{ ...cheap, hits: [{ start: 0, end: 3, text: "" }] }, { ...cheap, kind: "sensitivity", hits: [{ start: 1, end: 3, text: "" }] }]);
    expect(over.map((one) => [one.text, one.kinds.length])).toEqual([["不", 1], ["便宜", 2]]);
  });

  it("a reason sifts what the creator said and what is proposed, not what was declined", () => {
    const declined = review(7, { found: [{ ...cheap, standing: "declined" }] });
    expect(sifted([...kept, declined], { reason: { kind: "bought_because", label: "便宜" } }).map((one) => one.id)).toEqual([2, 3]);
  });
});

describe("on a product's page", () => {
  it("the own verdict stands first, and the words that a rule read are marked", async () => {
    section();
    const voices = await screen.findAllByRole("article");
    expect(voices[0]?.textContent).toContain("我自己用了二十天");
    expect(voices[1]?.querySelector("mark")?.textContent).toBe("便宜");
  });

  it("one click says yes or no to what a rule proposes", async () => {
    section();
    fireEvent.click(await screen.findByRole("button", { name: "不是便宜" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("decide", { ids: [2], kind: "bought_because", label: "便宜", verdict: "decline" }));
  });

  it("a reason in the chart narrows the voices, and all that was read there is accepted at once", async () => {
    section();
    fireEvent.click(await screen.findByRole("button", { name: /便宜：确认 1 条，词里读到 1 条/ }));
    await waitFor(() => expect(screen.queryByText("物流慢")).toBeNull());
    fireEvent.click(screen.getByTestId("review-accept-all"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("decide", { ids: [2], kind: "bought_because", label: "便宜", verdict: "accept" }));
  });

  it("keeps how the buyer agreed", async () => {
    section();
    fireEvent.click((await screen.findAllByRole("button", { name: "没授权" }))[0] as HTMLElement);
    fireEvent.change(await screen.findByTestId("review-consent-how"), { target: { value: " 私信说可以 " } });
    fireEvent.click(screen.getByTestId("review-consent-save"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("consent", { id: 2, word: { given: true, how: "私信说可以", proof: null } }));
  });

  it("a buyer's words cannot be written in, and the patch does not carry them", async () => {
    section();
    const voice = (await screen.findAllByRole("article"))[1] as HTMLElement;
    fireEvent.keyDown(voice, { key: "e" });
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).queryByTestId("review-edit-text")).toBeNull();
    fireEvent.click(within(dialog).getByTestId("review-edit-save"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("edit", expect.objectContaining({ id: 2 })));
    expect(Object.keys((calls.mock.calls.at(-1)?.[1] as { patch: object }).patch)).not.toContain("text");
  });
});

describe("bringing words in", () => {
  it("shows how copied words are split before anything is kept, and leaves out what is crossed out", async () => {
    section();
    fireEvent.click(await screen.findByTestId("review-paste"));
    fireEvent.change(await screen.findByTestId("review-paste-text"), { target: { value: "小鹿：好用\n第二条" } });
    const region = await screen.findByRole("region", { name: "会这样记下" });
    await waitFor(() => expect(region.textContent).toContain("去掉 1 处"));
    expect(calls).not.toHaveBeenCalled();
    fireEvent.click(within(region).getAllByRole("button", { name: "不要这条" })[1] as HTMLElement);
    fireEvent.click(screen.getByRole("button", { name: "记下 1 条" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("paste", expect.objectContaining({ input: expect.objectContaining({ product: 1, skip: [2] }) })));
  });

  it("asks which column holds the words when no name says so, and shows refused rows afterwards", async () => {
    section();
    fireEvent.click(await screen.findByTestId("review-import"));
    await screen.findByText("还不知道哪一列是评价内容，在上面指一下。");
    expect((screen.getByTestId("review-import-save") as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(screen.getByLabelText("「说了啥」当作", { selector: "input" }));
    fireEvent.click((await screen.findAllByText("评价内容")).findLast((one) => one.closest("[role=option]")) as HTMLElement);
    await waitFor(() => expect((screen.getByTestId("review-import-save") as HTMLButtonElement).disabled).toBe(false));
    fireEvent.click(screen.getByTestId("review-import-save"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("import", expect.objectContaining({ takes: [null, "text"], product: 1 })));
    await screen.findByText("评价没有内容，没有保存。");
  });
});

describe("over all products", () => {
  it("the keyboard says yes to a voice and takes it away with a way back", async () => {
    open("/review", { "/review": ReviewPage });
    const voice = (await screen.findAllByRole("article")).find((one) => one.textContent?.includes("😀")) as HTMLElement;
    fireEvent.keyDown(voice, { key: "a" });
    await waitFor(() => expect(calls).toHaveBeenCalledWith("decide", expect.objectContaining({ ids: [2], verdict: "accept" })));
    fireEvent.keyDown(voice, { key: "Delete" });
    await waitFor(() => expect(calls).toHaveBeenCalledWith("remove", { ids: [2] }));
  });

  it("after a yes or a removal the keys go on from the voice in its place", async () => {
    const answer = (id: number) => { kept = kept.map((one) => (one.id === id ? { ...one, found: [{ ...cheap, standing: "accepted" }] } : one)); };
    kept = [2, 3, 4, 5].map((id) => review(id, { text: `便宜 ${id}` }));
    startPreview([{
      list_reviews: () => kept, get_review_summary: () => summary, list_products: () => [], list_photos: () => [],
      decide_reviews: ({ ids }) => { for (const id of ids as number[]) answer(id); return ids; }, remove_reviews: ({ ids }) => { kept = kept.filter((one) => !(ids as number[]).includes(one.id)); return null; },
    }]);
    open("/review", { "/review": ReviewPage }, <Follow />);
    fireEvent.click(await screen.findByText(/^等你看/));
    const at = () => (document.activeElement as HTMLElement).dataset.voice;
    const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
    (await screen.findAllByRole("article"))[1]?.focus();
    press("a");
    await waitFor(() => expect(at()).toBe("4"));
    press("ArrowDown");
    expect(at()).toBe("5");
    press("Delete");
    await waitFor(() => expect(at()).toBe("4"), { timeout: 2000 });
    press("ArrowUp");
    expect(at()).toBe("2");
  });

  it("one word says what a key did, and one undo takes all of it back", async () => {
    kept = [review(2, { found: [cheap, { ...cheap, label: "包装" }] })];
    open("/review", { "/review": ReviewPage });
    fireEvent.keyDown(await screen.findByRole("article"), { key: "x" });
    await screen.findByText("记住了，不是「便宜」「包装」。");
    expect(screen.getAllByText("撤销")).toHaveLength(1);
    calls.mockClear();
    fireEvent.click(screen.getByText("撤销"));
    await waitFor(() => expect(calls.mock.calls).toEqual(["便宜", "包装"].map((label) => ["decide", { ids: [2], kind: "bought_because", label, verdict: "clear" }])));
  });

  it("what was taken away is found again, comes back, or goes for good after a question", async () => {
    startPreview([{
      list_reviews: () => kept, get_review_summary: () => summary, list_products: () => [], list_photos: () => [],
      list_trashed_reviews: () => [review(8, { text: "删错了的", trashed_at: "2026-11-20T08:00:00Z" }), review(9, { text: "广告", consent: true, trashed_at: "2026-11-21T08:00:00Z" })],
      restore_reviews: (args) => { calls("restore", args); return null; }, empty_review_trash: (args) => { calls("empty", args); return null; },
    }]);
    open("/review", { "/review": ReviewPage });
    fireEvent.click(await screen.findByText(/^回收站/));
    const lost = (await screen.findByText("删错了的")).closest("article") as HTMLElement;
    expect(screen.queryByText("物流慢")).toBeNull();
    fireEvent.click(within(lost).getByRole("button", { name: "拿回来" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("restore", { ids: [8] }));
    fireEvent.click(screen.getByTestId("review-empty-trash"));
    await screen.findByText(/其中 1 条有授权/);
    expect(calls).not.toHaveBeenCalledWith("empty", expect.anything());
    fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "彻底删掉" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("empty", { ids: null }));
  });

  it("a rule is kept with its words, shows what they find, and can be taken back", async () => {
    open("/review", { "/review": ReviewPage });
    fireEvent.click(await screen.findByTestId("review-rules"));
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(dialog.textContent).toContain("现在的评价里读到 1 条"));
    fireEvent.click(within(dialog).getByTestId("review-rule-save"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("set", { kind: "bought_because", label: "便宜", words: ["便宜"], enabled: true }));
    fireEvent.click(within(dialog).getByRole("button", { name: "恢复原来的词" }));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("reset", { kind: "bought_because", label: "便宜" }));
  });

  it("a rule that was deleted comes back with its words", async () => {
    let rules = [{ kind: "bought_because", label: "送人", words: ["送朋友", "当礼物"], enabled: false, shipped: false, own: true }];
    startPreview([{
      list_reviews: () => kept, get_review_summary: () => summary, list_products: () => [], list_photos: () => [], try_review_rule: () => ({ total: 0, reviews: [] }),
      list_review_rules: () => rules, reset_review_rule: () => (rules = []), set_review_rule: (args) => { calls("set", args); return (rules = [{ ...args, shipped: false, own: true } as never]); },
    }]);
    open("/review", { "/review": ReviewPage });
    fireEvent.click(await screen.findByTestId("review-rules"));
    fireEvent.click(await screen.findByRole("button", { name: "删掉这条规则" }));
    await screen.findByText("删掉了「送人」这条规则");
    await waitFor(() => expect(screen.queryByRole("button", { name: /^送人/ })).toBeNull());
    fireEvent.click(screen.getByText("撤销"));
    await waitFor(() => expect(calls).toHaveBeenCalledWith("set", { kind: "bought_because", label: "送人", words: ["送朋友", "当礼物"], enabled: false }));
    await screen.findByRole("button", { name: /^送人/ });
  });

  it("a shipped rule that goes back to its own words shows them", async () => {
    const own = { kind: "bought_because", label: "便宜", words: ["便宜", "羊毛"], enabled: true, shipped: true, own: true };
    let rules = [own];
    startPreview([{
      list_reviews: () => kept, get_review_summary: () => summary, list_products: () => [], list_photos: () => [], try_review_rule: () => ({ total: 0, reviews: [] }),
      list_review_rules: () => rules, reset_review_rule: () => (rules = [{ ...own, words: ["便宜"], own: false }]), set_review_rule: () => (rules = [own]),
    }]);
    open("/review", { "/review": ReviewPage });
    fireEvent.click(await screen.findByTestId("review-rules"));
    await screen.findByText("羊毛");
    fireEvent.click(screen.getByRole("button", { name: "恢复原来的词" }));
    await waitFor(() => expect(screen.queryByText("羊毛")).toBeNull());
    fireEvent.click(await screen.findByText("撤销"));
    await screen.findByText("羊毛");
  });
});
