import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { commands, heard, type NewPrice, type NewProduct, type Product, type ProductPatch, unwrap, useRunJob } from "../ipc";
import { say } from "../kit";

const one = (id: number) => ["product", "one", id];

export const useProducts = () => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})) });
export const useProduct = (id: number) => useQuery({ queryKey: one(id), meta: heard.getProduct, queryFn: () => unwrap(commands.getProduct(id)) });
export const useCreateProduct = () => useMutation({ mutationFn: (input: NewProduct) => unwrap(commands.createProduct(input)) });
export const useEditProduct = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: ProductPatch }) => unwrap(commands.editProduct(id, patch)) });
export const useRemoveProduct = () => useMutation({ mutationFn: (id: number) => unwrap(commands.removeProduct(id)) });

/** Takes in a CSV or XLSX; the tray shows how far it is. */
export function useImportProducts() {
  const run = useRunJob();
  return useMutation({ mutationFn: (file: string) => run("product", (job) => commands.importProducts(file, job)) });
}

/** Saves changes of one product and can take them back, one by one. */
export function useEdits(product: Product) {
  const client = useQueryClient();
  const [back, setBack] = useState<ProductPatch[]>([]);
  const send = useCallback(async (patch: ProductPatch) => {
    client.setQueryData(one(product.id), await unwrap(commands.editProduct(product.id, patch)));
  }, [client, product.id]);
  const save = async (patch: ProductPatch) => {
    const before = Object.fromEntries(Object.keys(patch).map((key) => [key, product[key as keyof Product]])) as ProductPatch;
    await send(patch);
    setBack((was) => [...was.slice(-49), before]);
  };
  const undo = async () => {
    const last = back.at(-1);
    if (!last) return;
    try {
      await send(last);
      setBack((was) => was.slice(0, -1));
    } catch (error) {
      say.failed(error);
    }
  };
  return { save, undo, undoable: back.length > 0 };
}
export type Save = ReturnType<typeof useEdits>["save"];

export const usePrices = (product: number) => useQuery({ queryKey: ["price", "list", product], meta: heard.listPrices, queryFn: () => unwrap(commands.listPrices(product)) });
export const useWithdrawnPrices = (product: number) => useQuery({ queryKey: ["price", "withdrawn", product], queryFn: () => unwrap(commands.listWithdrawnPrices(product)) });
export const useAddPrice = () => useMutation({ mutationFn: (input: NewPrice) => unwrap(commands.addPrice(input)) });
export const useProductPhotos = (product: number) => useQuery({ queryKey: ["photo", "list", { product, limit: 60 }], queryFn: () => unwrap(commands.listPhotos({ product, limit: 60 })) });
export const useProductTrials = (product: number) => useQuery({ queryKey: ["trial", "list", product], meta: heard.listTrials, queryFn: () => unwrap(commands.listTrials(product)) });
export const useProductPosts = (product: number) => useQuery({
  queryKey: ["post", "list", false], meta: heard.listPosts, queryFn: () => unwrap(commands.listPosts(false)), select: (posts) => posts.filter((post) => post.products.includes(product)),
});
export const useProductOrders = (product: number) => useQuery({ queryKey: ["order", "list", { product, limit: 20 }], meta: heard.listOrders, queryFn: () => unwrap(commands.listOrders({ product, limit: 20 })) });
export const useProductOrderCount = (product: number) => useQuery({ queryKey: ["order", "count", { product }], meta: heard.countOrders, queryFn: () => unwrap(commands.countOrders({ product })) });
export const useCreatePost = () => useMutation({ mutationFn: (product: number) => unwrap(commands.createPost({ products: [product] })) });
