import { t } from "@lingui/core/macro";
import type { ReactNode } from "react";
import { type By, photoUrl, type Row, type Total } from "../ipc";
import { type Column, EmptyState, formatNum, formatPercent, Lead, Money, Picture, Table, TierBar } from "../kit";
import css from "./report.module.css";

const refundRate = (row: Row) => (row.gross ? row.refunded / row.gross : 0);
/** From here on a refund rate is worth a second look. */
const high = 0.1;

/** From 0, nothing known, to 1, everything certain. */
const certainty = ({ tiers }: Row) => {
  const [a, b, c, d] = [tiers.A ?? 0, tiers.B ?? 0, tiers.C ?? 0, tiers.D.credit ?? 0];
  return (4 * a + 2 * b + c) / (4 * Math.max(a + b + c + d, Number.EPSILON));
};

const nameOf = (by: By) => ({ posts: t`内容`, channels: t`渠道`, products: t`好物`, orders: t`订单` })[by];

/** What a row says: what it is, how sure, net orders (fractional when shared), net money, and how much of it came back. */
export const reportColumns = (by: By): Column<Row>[] => [
  { key: "title", title: nameOf(by), width: "minmax(0, 2.2fr)", sort: (row) => row.title, cell: (row) => <Lead picture={by !== "channels" && <Picture src={row.cover === null ? null : photoUrl(row.cover, "thumb")} alt="" />} title={row.title || t`没有标题`} note={row.note || undefined} /> },
  { key: "tiers", title: t`可信度`, width: "minmax(90px, 1fr)", sort: certainty, cell: (row) => <TierBar a={row.tiers.A ?? 0} b={row.tiers.B ?? 0} c={row.tiers.C ?? 0} d={row.tiers.D.credit ?? 0} /> },
  { key: "orders", title: t`净单`, width: "64px", right: true, sort: (row) => row.orders ?? 0, cell: (row) => formatNum(row.orders ?? 0, { digits: Number.isInteger(row.orders ?? 0) ? 0 : 1 }) },
  { key: "net", title: t`净额`, width: "96px", right: true, sort: (row) => row.net, cell: (row) => <Money minor={row.net} currency={row.currency} /> },
  { key: "refund", title: t`退款率`, width: "70px", right: true, sort: refundRate, cell: (row) => <span className={refundRate(row) >= high ? "bad" : ""}>{formatPercent(refundRate(row))}</span> },
];

const some = (value: number) => formatNum(value, { digits: Number.isInteger(value) ? 0 : 1 });

/**
 * What no row holds, and the whole: with them the column adds up to the figure above it. By post and channel it is what nobody is known to have brought; by
 * product, what is of none of the products, and what is not of one line: postage, discounts on the whole order.
 */
export function reportFoot(rows: Row[], by: By, total: Total): { key: string; cells: Record<string, ReactNode>; strong?: boolean }[] {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const rest = { gross: total.gross - sum((row) => row.gross), refunded: total.refunded - sum((row) => row.refunded), net: total.net - sum((row) => row.net), orders: Math.round((total.orders - sum((row) => row.orders ?? 0)) * 1e6) / 1e6 };
  const money = (minor: number) => <Money minor={minor} currency={total.currency} />;
  const rate = ({ gross, refunded }: { gross: number; refunded: number }) => (gross > 0 ? formatPercent(refunded / gross) : "–");
  // An order of two products stands in both rows: their counts are no parts of a whole.
  const counted = by !== "products";
  const isRest = rest.net !== 0 || rest.gross !== 0 || (counted && rest.orders !== 0);
  return [
    ...(isRest ? [{ key: "rest", cells: { title: by === "products" ? t`没对上好物的，和运费、整单优惠` : t`来源不明`, orders: counted ? some(rest.orders) : "–", net: money(rest.net), refund: rate(rest) } }] : []),
    { key: "total", strong: true, cells: { title: t`合计`, orders: some(total.orders), net: money(total.net), refund: rate(total) } },
  ];
}

/** One row per post, channel or product, the largest net first; a row opens its orders. Under them what no row holds, and the sum. */
export function ReportTable({ rows, by, total, onOpen }: { rows: Row[]; by: By; total?: Total; onOpen: (id: number) => void }) {
  if (rows.length === 0) {
    return <EmptyState drawing="chain" title={by === "products" ? t`订单还没有对上好物` : t`还没有一单找得到来处`}>{by === "products" ? t`在好物页给它填上店铺的 SKU，就会自动对上。` : t`给内容配上专属链接或优惠码，下一单就说得出从哪来。`}</EmptyState>;
  }
  const columns = reportColumns(by);
  const foot = total ? reportFoot(rows, by, total) : [];
  return <div className={css.table} style={{ height: `min(${rows.length * 48 + 40 + foot.length * 37}px, 56vh)` }}><Table label={nameOf(by)} columns={columns} rows={rows} rowKey={(row) => row.id} onOpen={(row) => onOpen(row.id)} foot={foot} /></div>;
}
