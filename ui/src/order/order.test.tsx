import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { NewOrder, NewShop, Order } from "../ipc";
import { type Preview, startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import { orderFilter, orderPath } from "./address";
import { AddOrder } from "./AddOrder";
import { ConnectShop } from "./ConnectShop";
import { ImportOrders, useImport } from "./ImportOrders";
import OrderPage from "./Page";
import { preview } from "./preview";
import { goods, tagList } from "./words";

afterEach(cleanup);

function show(page: React.ReactNode, replies: Preview) {
  startPreview([replies]);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<MantineProvider env="test"><QueryClientProvider client={client}>{page}</QueryClientProvider></MantineProvider>);
}

describe("the address of orders", () => {
  it("carries the filter there and back, and drops what it cannot read", () => {
    const filter = { post: 3, from: "2026-11-01", to: "2026-11-22", text: "T2026" };
    const search = Object.fromEntries(new URLSearchParams(orderPath(filter).split("?")[1]));
    expect(orderFilter(search)).toEqual(filter);
    expect(orderFilter({ post: "x", from: "yesterday", open: 7, act: "sync" })).toEqual({});
    expect(orderPath({})).toBe("/order");
  });
});

describe("what an order says of itself", () => {
  const line = { id: 1, sku: "A", title: "云感防晒乳", product: null, quantity: 2, amount: 100, refunded: 0 };
  it("names the goods, how many of it, and how many more", () => {
    expect(goods({ lines: [line] } as unknown as Order)).toBe("云感防晒乳 × 2");
    expect(goods({ lines: [line, line] } as unknown as Order)).toBe("云感防晒乳 × 2 等 2 样");
  });
  it("lists only the tags that are there, codes before sources", () => {
    expect(tagList({ utm_source: "wechat", utm_content: "", coupons: ["XIAOLU10"] }).map(([, tag]) => tag)).toEqual(["XIAOLU10", "wechat"]);
  });
});

describe("importing a file", () => {
  function Importer() {
    const plan = useImport();
    return <><button type="button" onClick={() => void plan.choose()}>导入文件</button><ImportOrders plan={plan} /></>;
  }
  it("looks first, says which rows are refused and why, and writes only when told", async () => {
    const runs: unknown[] = [];
    show(<Importer />, {
      pick_files: () => ["/tmp/抖店.csv"], list_order_formats: () => [{ name: "doudian", title: "抖店 订单", source: "" }],
      import_orders: ({ dryRun }) => { runs.push(dryRun); return { format: "doudian", rows: 3, new: 2, updated: 0, unchanged: 0, refused: [{ row: 4, reason: "没有订单编号" }], warned: ["没见过「风控审核中」这种状态"] }; },
    });
    fireEvent.click(screen.getByText("导入文件"));
    expect(await screen.findByText("没有订单编号")).toBeTruthy();
    expect(screen.getByText("第 4 行")).toBeTruthy();
    expect(runs).toEqual([true]);
    fireEvent.click(screen.getByTestId("order-import-go"));
    await waitFor(() => expect(runs).toEqual([true, false]));
  });
});

describe("connecting a shop", () => {
  it("says where the key goes, sends it once, and shows the core's sentence at the field it is about", async () => {
    const sent: NewShop[] = [];
    show(<ConnectShop open onClose={() => {}} onConnected={() => {}} />, { try_shop: ({ input }) => { sent.push(input as NewShop); throw { code: "invalid", message: "店铺地址要以 https:// 开头。", field: "url" }; } });
    expect(screen.getByText(/密钥交给系统的钥匙串/)).toBeTruthy();
    const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
    expect(screen.getByTestId("shop-save").hasAttribute("disabled")).toBe(true);
    type("shop-name", "小鹿的店"); type("shop-url", "shop.example.com"); type("shop-key", "xiaolu"); type("shop-secret", "s3cret");
    fireEvent.click(screen.getByTestId("shop-save"));
    expect(await screen.findByText("店铺地址要以 https:// 开头。")).toBeTruthy();
    expect(sent).toEqual([{ kind: "vendure", name: "小鹿的店", url: "shop.example.com", key: "xiaolu", secret: "s3cret" }]);
    expect(screen.getByTestId("shop-secret").getAttribute("type")).toBe("password");
  });

  it("asks the shop before it is kept, lets the wait be stopped, and keeps nothing then", async () => {
    const kept: unknown[] = [], stopped: unknown[] = [];
    let answer = (_: { orders: number }) => {}, refuse = (_: object) => {};
    const replies: Preview = {
      try_shop: () => new Promise((done, fail) => { answer = done; refuse = fail; }),
      cancel_job: ({ job }) => { stopped.push(job); refuse({ code: "cancelled", message: "已停下。" }); return null; },
      create_shop: ({ input }) => { kept.push(input); return { ...(input as NewShop), id: 7, secret_place: "key_store" }; },
    };
    let connected = 0;
    show(<ConnectShop open onClose={() => {}} onConnected={() => { connected += 1; }} />, replies);
    const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
    type("shop-name", "小鹿的店"); type("shop-url", "https://shop.example.com"); type("shop-secret", "s3cret");
    fireEvent.click(screen.getByTestId("shop-save"));
    fireEvent.click(await screen.findByText("停下"));
    await waitFor(() => expect(screen.queryByText("停下")).toBeNull());
    expect([stopped.length, kept.length, connected]).toEqual([1, 0, 0]);
    expect(screen.queryByRole("alert")).toBeNull();
    fireEvent.click(screen.getByTestId("shop-save"));
    await screen.findByText("停下");
    answer({ orders: 1524 });
    await waitFor(() => expect(connected).toBe(1));
    expect(kept).toHaveLength(1);
  });

  it("takes a shop's own certificate authority from a file, and says when the file is none", async () => {
    const sent: NewShop[] = [];
    show(<ConnectShop open onClose={() => {}} onConnected={() => {}} />, { try_shop: ({ input }) => { sent.push(input as NewShop); throw { code: "invalid", message: "这份证书看不懂，没有改动。", field: "ca" }; } });
    const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
    const choose = (name: string, text: string) => fireEvent.change(screen.getByTestId("shop-ca-file"), { target: { files: [new File([text], name)] } });
    choose("店铺.der", "0\u0082\u0003");
    expect(await screen.findByText(/「店铺.der」不是 PEM 证书/)).toBeTruthy();
    const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    choose("ca.pem", `subject=店铺\n${pem}\n`);
    await waitFor(() => expect((screen.getByTestId("shop-ca") as HTMLTextAreaElement).value).toBe(pem));
    type("shop-name", "小鹿的店"); type("shop-url", "https://shop.lan"); type("shop-secret", "s3cret");
    fireEvent.click(screen.getByTestId("shop-save"));
    expect(await screen.findByText("这份证书看不懂，没有改动。")).toBeTruthy();
    expect(sent[0]?.ca).toBe(pem);
  });
});

describe("the list of orders", () => {
  const shown = async (replies: Preview = {}) => {
    startPreview([preview, replies]);
    open("/order", { "/order": OrderPage });
    return screen.findByRole("grid", { name: "订单" });
  };

  it("says which post brought each, how sure it is, and plainly where nobody knows", async () => {
    await shown();
    expect((await screen.findAllByText(/通勤防晒，清爽但会搓泥/))[0]?.textContent).toMatch(/^[AB] 通勤防晒/);
    expect(screen.getAllByText("不知道").length).toBeGreaterThan(0);
  });

  it("shows the whole number of an order, by whose last digits orders are told apart", async () => {
    const grid = await shown();
    const tracks = (grid.querySelector('[role="row"]') as HTMLElement).style.gridTemplateColumns;
    const longest = Math.max(...[...grid.querySelectorAll(".num[title]")].map((one) => one.textContent?.length ?? 0));
    expect(longest).toBeGreaterThan(10);
    expect(tracks).toContain(`${longest + 1}ch`);
  });

  it("is sorted by the core over all orders, never over the page that happens to be there", async () => {
    const asked: unknown[] = [];
    await shown({ list_orders: (args) => { asked.push((args.filter as { sort?: string }).sort, (args.filter as { ascending?: boolean }).ascending); return preview.list_orders?.(args); } });
    fireEvent.click(screen.getByRole("button", { name: "净额" }));
    await waitFor(() => expect(asked.slice(-2)).toEqual(["net", false]));
    fireEvent.click(screen.getByRole("button", { name: "净额" }));
    await waitFor(() => expect(asked.slice(-2)).toEqual(["net", true]));
  });
});

describe("an order entered by hand", () => {
  it("asks for what was sold and what was paid, says so at the field, and keeps no buyer in the open", async () => {
    const sent: NewOrder[] = [];
    show(<AddOrder open onClose={() => {}} onAdded={() => {}} />, { list_products: () => [], list_posts: () => [], list_channels: () => [], add_order: ({ input }) => { sent.push(input as NewOrder); return { id: 1, number: "手记-2026-11-22-1" }; } });
    fireEvent.click(screen.getByTestId("order-add-save"));
    expect(await screen.findByText("写下卖的是什么，或选一件好物。")).toBeTruthy();
    fireEvent.change(screen.getByTestId("order-add-title"), { target: { value: "挂耳咖啡两盒" } });
    fireEvent.click(screen.getByTestId("order-add-save"));
    expect(await screen.findByText("写下这一单多少钱。")).toBeTruthy();
    fireEvent.change(screen.getByTestId("order-add-amount"), { target: { value: "136.50" } });
    fireEvent.change(screen.getByLabelText("谁买的"), { target: { value: "小鹿妈妈" } });
    fireEvent.click(screen.getByTestId("order-add-save"));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ title: "挂耳咖啡两盒", amount: 13650, quantity: 1, buyer: "小鹿妈妈", post: null, unpaid: false });
  });
});
