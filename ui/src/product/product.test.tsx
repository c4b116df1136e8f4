import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProductSummary } from "../ipc";
import { startPreview } from "../ipc/fake";
import { open } from "../kit/open";
import ProductDetail from "./Detail";
import ProductPage from "./Page";

const product = (id: number, over: Partial<ProductSummary> = {}): ProductSummary => ({
  id, name: `好物${id}`, brand: "", category: "", price: null, currency: "CNY", url: "", fits: "", unfits: "", selling_points: [], shortcomings: [], supplier: "", note: "", stage: "candidate", skus: [], cover: null,
  created_at: "2026-11-01T00:00:00Z", updated_at: "2026-11-01T00:00:00Z", photos: 0, trials: 0, posts: 0, orders: 0, ...over,
});
const show = (path: string) => open(path, { "/product": ProductPage, "/product/$id": ProductDetail });
const created = vi.fn();
const edited = vi.fn();
let kept: ProductSummary;

beforeEach(() => {
  created.mockReset();
  edited.mockReset();
  kept = product(1, { name: "云感防晒乳", brand: "屿光", stage: "trial", price: 12900 });
  startPreview([{
    list_products: () => [kept, product(2)], get_product: () => kept,
    create_product: ({ input }) => { created(input); return product(3); },
    edit_product: ({ id, patch }) => { edited(id, patch); return (kept = { ...kept, ...(patch as object) }); },
    import_products: () => ({ imported: [1], duplicates: [], refused: [{ row: 5, reason: "价格「一百二」不是数。" }] }), pick_files: () => ["/好物.csv"],
    list_prices: () => [], list_reviews: () => [], list_trials: () => [], list_photos: () => [], list_posts: () => [], list_orders: () => [], count_orders: () => 0,
  }]);
});
afterEach(cleanup);

describe("the library", () => {
  it("asks for a name and nothing else", async () => {
    const router = show("/product");
    fireEvent.click(await screen.findByTestId("product-add"));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByTestId("product-save"));
    expect(dialog.textContent).toContain("先写个名字");
    expect(created).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByTestId("product-name"), { target: { value: " 山茶花护手霜 " } });
    fireEvent.click(within(dialog).getByTestId("product-save"));
    await waitFor(() => expect(created).toHaveBeenCalledWith(expect.objectContaining({ name: "山茶花护手霜", price: null })));
    await waitFor(() => expect(router.state.location.pathname).toBe("/product/3"));
  });

  it("narrows by words and by stage together", async () => {
    show("/product");
    await screen.findByRole("button", { name: /云感防晒乳/ });
    fireEvent.change(screen.getByRole("searchbox", { name: "在好物里找" }), { target: { value: "屿光" } });
    await waitFor(() => expect(screen.queryByRole("button", { name: /好物2/ })).toBeNull());
    fireEvent.click(screen.getByRole("button", { name: /候选/ }));
    await screen.findByText("没有这样的好物");
  });

  it("says which rows of a table were refused, and why", async () => {
    show("/product");
    fireEvent.click(await screen.findByTestId("product-import"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("第 5 行");
    expect(dialog.textContent).toContain("价格「一百二」不是数。");
  });
});

describe("one product", () => {
  it("keeps a field when it is left, and takes the change back", async () => {
    show("/product/1");
    const brand = await screen.findByLabelText("品牌");
    fireEvent.change(brand, { target: { value: "屿光实验室" } });
    fireEvent.blur(brand);
    await waitFor(() => expect(edited).toHaveBeenCalledWith(1, { brand: "屿光实验室" }));
    fireEvent.click(await screen.findByRole("button", { name: "撤销上一处修改" }));
    await waitFor(() => expect(edited).toHaveBeenLastCalledWith(1, { brand: "屿光" }));
    await waitFor(() => expect((screen.getByLabelText("品牌") as HTMLInputElement).value).toBe("屿光"));
  });

  it("never saves an empty name", async () => {
    show("/product/1");
    const name = await screen.findByLabelText("名字");
    fireEvent.change(name, { target: { value: "" } });
    fireEvent.blur(name);
    await waitFor(() => expect((screen.getByLabelText("名字") as HTMLInputElement).value).toBe("云感防晒乳"));
    expect(edited.mock.calls.filter(([, patch]) => "name" in patch && patch.name === "")).toEqual([]);
  });

  it("adds a shortcoming with Enter, but not while a candidate is being picked", async () => {
    show("/product/1");
    const line = await screen.findByTestId("product-shortcoming");
    fireEvent.change(line, { target: { value: "搓泥" } });
    fireEvent.keyDown(line, { key: "Enter", keyCode: 229 });
    expect(edited).not.toHaveBeenCalled();
    fireEvent.keyDown(line, { key: "Enter" });
    await waitFor(() => expect(edited).toHaveBeenCalledWith(1, { shortcomings: ["搓泥"] }));
  });
});
