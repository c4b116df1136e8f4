import { keepPreviousData, useInfiniteQuery, useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { cancelJob, commands, type Credit, heard, type Model, type NewOrder, type NewShop, nextJob, type Order, type OrderFilter, type OrderPatch, type Reply, type ShopTried, unwrap, useRunJob } from "../ipc";

/** Rows fetched at once; the table asks for more near its end. */
const page = 200;

export const useShops = () => useQuery({ queryKey: ["shop", "list"], meta: heard.listShops, queryFn: () => unwrap(commands.listShops()) });
export const useSyncs = (shop: number) => useQuery({ queryKey: ["shop", "syncs", shop], queryFn: () => unwrap(commands.listSyncs(shop)) });
export const useCreateShop = () => useMutation({ mutationFn: (input: NewShop) => unwrap(commands.createShop(input)) });

/** Asks a shop with an address and keys that are not kept yet; it answers within five seconds, whatever it is. `stop` ends the wait. */
export function useTryShop<T>(ask: (input: T, job: number) => Promise<Reply<ShopTried>>) {
  const job = useRef<number>(undefined);
  const tried = useMutation({ mutationFn: (input: T) => unwrap(ask(input, (job.current = nextJob()))), onSettled: () => { job.current = undefined; } });
  const stop = () => { if (job.current !== undefined) void cancelJob(job.current).catch(() => {}); };
  return { ...tried, stop };
}

export const useSetShopKey = () => useMutation({ mutationFn: ({ id, key, secret }: { id: number; key: string; secret: string }) => unwrap(commands.setShopKey(id, key, secret)) });
export const useRemoveShop = () => useMutation({ mutationFn: ({ id, withOrders }: { id: number; withOrders: boolean }) => unwrap(commands.removeShop(id, withOrders)) });

/** Syncs the named shops, all when none is named; the tray shows how far it is. */
export function useSync() {
  const run = useRunJob();
  return useMutation({ mutationFn: (ids: number[]) => run("sync", (job) => commands.syncShops(ids, job)) });
}

export const useOrders = (filter: OrderFilter) => useInfiniteQuery({
  queryKey: ["order", "list", filter], meta: heard.listOrders, placeholderData: keepPreviousData, initialPageParam: 0,
  queryFn: ({ pageParam }) => unwrap(commands.listOrders({ ...filter, limit: page, offset: pageParam })),
  getNextPageParam: (last, _all, offset) => (last.length < page ? undefined : offset + page),
});
/** Which post each order of these pages is owed to; asked page by page, so that a further page asks only for its own. Undefined until the first is known. */
export function useBrought(pages: readonly (readonly Order[])[]): ReadonlyMap<number, Credit> | undefined {
  const asked = useQueries({ queries: pages.map((orders) => {
    const ids = orders.map((order) => order.id);
    return { queryKey: ["attribution", "orders", ids], meta: heard.listOrderCredits, queryFn: () => unwrap(commands.listOrderCredits(ids)) };
  }) });
  const known = asked.flatMap((one) => one.data ?? []);
  return asked.some((one) => one.data) || pages.length === 0 ? new Map(known.map((credit) => [credit.order, credit])) : undefined;
}

export const useOrderCount = (filter: OrderFilter) => useQuery({ queryKey: ["order", "count", filter], meta: heard.countOrders, queryFn: () => unwrap(commands.countOrders(filter)), placeholderData: keepPreviousData });
export const useOrder = (id: number | undefined) => useQuery({ queryKey: ["order", "one", id], meta: heard.getOrder, queryFn: () => unwrap(commands.getOrder(id ?? 0)), enabled: id !== undefined });
export const useCredits = (order: number, model: Model) => useQuery({ queryKey: ["attribution", "order", order, model], meta: heard.listCredits, queryFn: () => unwrap(commands.listCredits(order, model)) });

export const useEditOrder = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: OrderPatch }) => unwrap(commands.editOrder(id, patch)) });
export const useAddOrder = () => useMutation({ mutationFn: (input: NewOrder) => unwrap(commands.addOrder(input)) });

export const useOrderFormats = () => useQuery({ queryKey: ["format"], queryFn: () => commands.listOrderFormats() });
export const useImportOrders = () => useMutation({ mutationFn: ({ file, format, dryRun }: { file: string; format: string; dryRun: boolean }) => unwrap(commands.importOrders(file, format, dryRun)) });

// For the filters: the same queries (and answers) as in the rooms they come from.
export const usePosts = () => useQuery({ queryKey: ["post", "list", true], meta: heard.listPosts, queryFn: () => unwrap(commands.listPosts(true)) });
export const useChannels = () => useQuery({ queryKey: ["channel", "list"], queryFn: () => unwrap(commands.listChannels()) });
export const useProducts = () => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})) });
