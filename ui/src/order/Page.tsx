import { t } from "@lingui/core/macro";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { copyText, type Credit, type Order, type OrderFilter, type OrderSort } from "../ipc";
import { Button, Card, Chip, type Column, EmptyState, formatNum, Loaded, type MenuEntry, Money, Page, say, type Sorting, Table, useUndoKey, When } from "../kit";
import { AddOrder } from "./AddOrder";
import { orderFilter, orderPath } from "./address";
import { useBrought, useOrderCount, useOrders, useShops, useSync } from "./api";
import { ConnectShop } from "./ConnectShop";
import { Filters } from "./Filters";
import { type HandVerbs, useHand } from "./hand";
import { ImportOrders, useImport } from "./ImportOrders";
import { OrderDrawer } from "./OrderDrawer";
import { ShopStrip, tell } from "./ShopStrip";
import { goods, statusWords, tagList } from "./words";
import css from "./order.module.css";

/** 订单: the shops, and every order with its why. What is filtered for stands in the address, so that other rooms lead here (see address.ts). */
export default function OrderPage() {
  const router = useRouter();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const filter = orderFilter(search);
  const act = search.act === undefined ? undefined : String(search.act);
  const setFilter = (next: OrderFilter) => router.history.replace(orderPath(next));
  const [opened, setOpened] = useState<number | undefined>(Number(search.open) || undefined);
  const [connecting, setConnecting] = useState(false);
  const [adding, setAdding] = useState(false);
  const shops = useShops();
  const sync = useSync();
  const imported = useImport();
  const count = useOrderCount(filter);
  const hand = useHand((id) => setOpened((was) => (was === id ? undefined : was)));
  useUndoKey((any) => say.done(any ? t`撤销了` : t`没有能撤销的了`));

  const start = (ids: number[]) => sync.mutate(ids, tell);
  // From the palette: once, then the address is clean again. An order that was asked for by its number opens.
  useEffect(() => { if (search.open !== undefined) setOpened(Number(search.open) || undefined); }, [search.open]);
  const done = useRef<string>(undefined);
  useEffect(() => {
    if (done.current === act) return;
    done.current = act;
    if (!act) return;
    router.history.replace(orderPath(filter));
    if (act === "sync") start([]);
    if (act === "import") void imported.choose();
    if (act === "connect") setConnecting(true);
    if (act === "add") setAdding(true);
  });

  const connected = shops.data?.some((shop) => shop.kind !== "file");
  const bare = shops.data?.length === 0 && Object.keys(filter).length === 0;
  const actions = !bare && (
    <>
      <Button icon="plus" onClick={() => setAdding(true)} data-testid="order-add">{t`手记一单`}</Button>
      <Button icon="import" onClick={() => void imported.choose()} data-testid="order-import">{t`导入文件`}</Button>
      {connected
        ? <Button kind="go" icon="sync" busy={sync.isPending} onClick={() => start([])} data-testid="shop-sync">{t`同步`}</Button>
        : <Button kind="go" icon="plus" onClick={() => setConnecting(true)} data-testid="shop-add">{t`连接店铺`}</Button>}
    </>
  );
  return (
    <Page title={t`订单`} still sub={count.data === undefined ? " " : bare ? t`连上店铺，或导入一份表格` : Object.keys(filter).length ? t`找到 ${formatNum(count.data)} 单` : t`${formatNum(count.data)} 单 · 点开看每一单从哪来，说不出的不猜`} actions={actions}>
      {shops.data && shops.data.length > 0 && (
        <ShopStrip shops={shops.data} chosen={filter.shop ?? undefined} onChoose={(shop) => setFilter({ ...filter, shop })} syncing={sync.isPending ? (sync.variables ?? []) : undefined} onSync={(id) => start([id])} onConnect={() => setConnecting(true)} />
      )}
      {bare
        ? <EmptyState drawing="receipt" title={t`把订单接进来`} actions={<><Button kind="go" icon="plus" onClick={() => setConnecting(true)}>{t`连接店铺`}</Button><Button icon="import" onClick={() => void imported.choose()}>{t`导入文件`}</Button><Button icon="plus" onClick={() => setAdding(true)}>{t`手记一单`}</Button></>}>{t`连接店铺，或导入平台导出的表格（淘宝联盟、抖店、多多进宝等，自动认表头）。草本按链接、优惠码和笔记编号，一单一单对回是哪篇带来的；买家的姓名电话读到就丢掉。`}</EmptyState>
        : (
          <>
            <Filters filter={filter} onChange={setFilter} />
            <Card pad={false} className={css.sheet}><Rows filter={filter} hand={hand} opened={opened} onOpen={setOpened} onClear={() => setFilter({})} /></Card>
          </>
        )}
      <OrderDrawer id={opened} hand={hand} onClose={() => { setOpened(undefined); if (search.open !== undefined) setFilter(filter); }} />
      <ConnectShop open={connecting} onClose={() => setConnecting(false)} onConnected={(shop) => start([shop.id])} />
      <AddOrder open={adding} onClose={() => setAdding(false)} onAdded={(order) => setOpened(order.id)} />
      <ImportOrders plan={imported} />
      {hand.parts}
    </Page>
  );
}

/** The number stands whole, whatever a shop calls its orders: by its last digits they are told apart. */
const numberWidth = (orders: readonly Order[]) => `${Math.min(36, Math.max(8, ...orders.map((order) => order.number.length)) + 1)}ch`;

const columns = (orders: readonly Order[], brought: ReadonlyMap<number, Credit> | undefined): Column<Order>[] => [
  { key: "placed", title: t`下单`, width: "124px", sort: "asked", cell: (order) => <When at={Date.parse(order.placed_at)} form="full" /> },
  { key: "number", title: t`单号`, width: numberWidth(orders), sort: "asked", cell: (order) => <span className={`num ${css.number}`} title={order.number}>{order.number}</span> },
  { key: "shop", title: t`店铺`, width: "minmax(70px, 0.6fr)", sort: "asked", from: 1060, cell: (order) => <span className="muted">{order.shop_name}</span> },
  { key: "goods", title: t`买了什么`, width: "minmax(96px, 1.5fr)", cell: (order) => <span title={goods(order)}>{goods(order)}</span> },
  { key: "brought", title: t`哪篇带来的`, width: "minmax(96px, 1.2fr)", cell: (order) => <Brought credit={brought?.get(order.id)} known={brought !== undefined} /> },
  { key: "tag", title: t`带着的标签`, width: "minmax(90px, 0.8fr)", from: 1200, cell: (order) => { const [tag] = tagList(order.tags); return tag ? <span title={tag.join(" ")}>{tag[1]}</span> : <span className="muted">{t`没有`}</span>; } },
  { key: "status", title: t`状态`, width: "104px", sort: "asked", cell: (order) => { const { text, tone } = statusWords(order.status); return <Chip tone={tone} title={order.source_status}>{text}</Chip>; } },
  { key: "refunded", title: t`退款`, width: "92px", right: true, sort: "asked", from: 760, cell: (order) => (order.refunded ? <Money minor={-order.refunded} currency={order.currency} tone="bad" /> : <span className="muted">–</span>) },
  { key: "net", title: t`净额`, width: "104px", right: true, sort: "asked", cell: (order) => <Money minor={order.net} currency={order.currency} tone={order.net ? undefined : "muted"} /> },
];

/** Which post the order is owed to by its last touch, and how sure; nothing is guessed. */
function Brought({ credit, known }: { credit?: Credit; known: boolean }) {
  if (!known) return <span className="muted">…</span>;
  if (!credit) return <span className="muted">{t`不知道`}</span>;
  return <span title={credit.why}><b className={css.tier}>{credit.tier}</b> {credit.post_title || t`还没有标题`}</span>;
}

function Rows({ filter, hand, opened, onOpen, onClear }: { filter: OrderFilter; hand: HandVerbs; opened?: number; onOpen: (id: number) => void; onClear: () => void }) {
  const [order, setOrder] = useState<Sorting>();
  const orders = useOrders({ ...filter, sort: (order?.key as OrderSort | undefined) ?? "placed", ascending: order ? !order.down : false });
  const shown = useMemo(() => orders.data?.pages.flat() ?? [], [orders.data]);
  const brought = useBrought(orders.data?.pages ?? []);
  const filtered = Object.keys(filter).length > 0;
  const { history } = useRouter();
  const go = (path: string) => history.push(path);
  return (
    <Loaded query={orders} shape="rows" isEmpty={({ pages }) => !pages[0]?.length}
      empty={filtered
        ? <EmptyState drawing="receipt" title={t`没有这样的订单`} actions={<Button onClick={onClear}>{t`看全部`}</Button>}>{t`换个条件试试。`}</EmptyState>
        : <EmptyState drawing="receipt" title={t`还没有订单`}>{t`点右上角「同步」，或导入一份表格。`}</EmptyState>}>
      {() => (
        <Table label={t`订单`} dense columns={columns(shown, brought)} rows={shown} order={order} onOrder={setOrder} rowKey={(order) => order.id} selected={(order) => order.id === opened} onOpen={(order) => onOpen(order.id)} menu={(order) => [order.number, orderMenu(order, brought?.get(order.id), onOpen, go, hand)]}
          onEnd={() => { if (orders.hasNextPage && !orders.isFetching) void orders.fetchNextPage(); }} />
      )}
    </Loaded>
  );
}

/** What can be done with an order, as in its drawer. */
export function orderMenu(order: Order, credit: Credit | undefined, onOpen: (id: number) => void, go: (path: string) => void, hand: HandVerbs): MenuEntry[] {
  const product = order.lines.find((line) => line.product !== null)?.product;
  return [
    { label: t`看这一单`, icon: "order", onClick: () => onOpen(order.id) },
    { label: t`复制单号`, icon: "copy", onClick: () => void copyText(order.number).then(() => say.done(t`已复制 ${order.number}`), say.failed) },
    ...(credit ? [{ label: t`看带来它的那篇`, icon: "post" as const, onClick: () => go(`/post/${credit.post}`) }] : []),
    ...(product ? [{ label: t`看好物`, icon: "product" as const, onClick: () => go(`/product/${product}`) }] : []),
    ...(order.by_hand ? ["rule" as const, ...hand.entries(order)] : []),
  ];
}
