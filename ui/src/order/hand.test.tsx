import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Order, Shop } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { say } from "../kit";
import { useHand } from "./hand";
import { OrderDrawer } from "./OrderDrawer";
import { preview } from "./preview";
import { ShopStrip } from "./ShopStrip";
import { paidWords, promised } from "./words";

// What was said in the corner of one test is not there in the next.
afterEach(() => { say.clear(); cleanup(); });

const hand: Order = {
  id: 7, shop: 4, shop_name: "手记", number: "手记-2026-11-22-1", status: "created", source_status: "", placed_at: "2026-11-22T10:00:00+08:00", gross: 10000, refunded: 0, net: 0, currency: "CNY", commission_estimated: 1000, commission_settled: null,
  lines: [{ id: 1, sku: "", title: "竹炭皂", product: null, quantity: 1, amount: 10000, refunded: 0 }], refunds: [], tags: {}, by_hand: true,
};

function Drawer() {
  const verbs = useHand(() => {});
  return <><OrderDrawer id={7} hand={verbs} onClose={() => {}} />{verbs.parts}</>;
}

function show(page: React.ReactNode, replies: Preview) {
  startPreview([preview, { list_credits: () => [], ...replies }]);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<MantineProvider env="test"><I18nProvider i18n={i18n}><Notifications /><QueryClientProvider client={client}>{page}</QueryClientProvider></I18nProvider></MantineProvider>);
}

describe("an order entered by hand", () => {
  it("says that nobody paid it, and that its commission counts only then", async () => {
    show(<Drawer />, { get_order: () => hand });
    expect(await screen.findByText("要付，还没付")).toBeTruthy();
    expect(screen.getByText("预估佣金，付了才算")).toBeTruthy();
    expect(screen.queryByText("付了")).toBeNull();
    expect(screen.queryByText("已结佣金")).toBeNull();
    expect(screen.queryByRole("button", { name: "退了款" })).toBeNull();
  });

  it("is marked paid where it stands, and the mark can be taken back", async () => {
    const edits: unknown[] = [], back: unknown[] = [];
    show(<Drawer />, { get_order: () => hand, edit_order: (args) => { edits.push(args); return { ...hand, status: "paid" }; }, restore_order: ({ before }) => { back.push(before); return hand; } });
    fireEvent.click(await screen.findByRole("button", { name: "钱收到了" }));
    fireEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(back).toEqual([{ order: hand, buyer: null }]));
    expect(edits).toEqual([{ id: 7, patch: { unpaid: false } }]);
  });

  it("is refunded with what is left of it, and the refusal stands at the field", async () => {
    const sent: unknown[] = [];
    show(<Drawer />, {
      get_order: () => ({ ...hand, status: "paid", refunded: 2500 }),
      refund_order: (args) => { sent.push(args); throw { code: "invalid", message: "退款要大于 0，也不能多过还没退的，没有记下。", field: "amount" }; },
    });
    fireEvent.click(await screen.findByRole("button", { name: "退了款" }));
    fireEvent.click(await screen.findByTestId("order-refund-save"));
    expect(await screen.findByText(/也不能多过还没退的/)).toBeTruthy();
    expect(sent).toEqual([{ id: 7, amount: 7500, reason: "" }]);
  });

  it("is corrected with what was changed and nothing else", async () => {
    const sent: unknown[] = [];
    show(<Drawer />, { get_order: () => hand, list_products: () => [], list_posts: () => [], list_channels: () => [], edit_order: (args) => { sent.push(args); return hand; } });
    fireEvent.click(await screen.findByRole("button", { name: "改这一单" }));
    fireEvent.change(await screen.findByTestId("order-add-amount"), { target: { value: "99.90" } });
    fireEvent.click(screen.getByTestId("order-add-save"));
    await waitFor(() => expect(sent).toEqual([{ id: 7, patch: { amount: 9990 } }]));
  });

  it("is taken out and brought back whole", async () => {
    const back: unknown[] = [];
    const before = { order: hand, buyer: "a1b2" };
    show(<Drawer />, { get_order: () => hand, remove_order: () => before, restore_order: (args) => { back.push(args.before); return hand; } });
    fireEvent.click(await screen.findByRole("button", { name: "拿掉这一单" }));
    fireEvent.click(await screen.findByRole("button", { name: "撤销" }));
    await waitFor(() => expect(back).toEqual([before]));
  });
});

describe("what a shop is", () => {
  const shop = (over: Partial<Shop>): Shop => ({ id: 1, kind: "file", name: "手记", url: "", secret_place: "missing", last_synced_at: null, last_error: "", last_run: null, orders: 2, by_hand: true, ...over });
  const strip = (shops: Shop[]) => show(<ShopStrip shops={shops} onChoose={() => {}} onSync={() => {}} onConnect={() => {}} />, {});

  it("is said of hand orders truly, and nothing offers to disconnect what could not be fetched back", () => {
    strip([shop({})]);
    const card = screen.getByRole("region", { name: "手记" });
    expect(card.textContent).toContain("一单一单手记的");
    expect(within(card).queryByRole("button", { name: "手记的更多操作" })).toBeNull();
  });

  it("says of a file's shop that its orders come back only with the file", async () => {
    strip([shop({ name: "抖店", by_hand: false })]);
    fireEvent.click(screen.getByRole("button", { name: "抖店的更多操作" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "断开店铺" }));
    expect((await screen.findByRole("dialog")).textContent).toContain("没留着，就取不回来了");
  });
});

describe("the words of an amount", () => {
  it("call paid only what was paid", () => {
    const of = (over: Partial<Order>) => [paidWords({ ...hand, ...over }), promised({ ...hand, ...over })];
    expect(of({ status: "paid" })).toEqual(["付了", "预估佣金"]);
    expect(of({ status: "invalid" })).toEqual(["标的价，没有成交", "预估佣金，已不作数"]);
    expect(of({ status: "refunded", refunded: 10000 })).toEqual(["付了", "预估佣金，已不作数"]);
  });
});
