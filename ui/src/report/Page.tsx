import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { By, Model, OrderFilter, Period, Report, Total } from "../ipc";
import { Button, Card, DateField, dayToMs, EmptyState, formatMoney, formatNum, formatPercent, formatSpan, Loaded, Page, Segmented, Skeleton, Stat, Stats, TierBar, TierKey, When } from "../kit";
import { orderPath } from "../order/address";
import { useDaily, useReport } from "./api";
import { type Span, spanDays } from "./period";
import { ReportTable } from "./ReportTable";
import css from "./report.module.css";

const DailyChart = lazy(() => import("./DailyChart"));

/** 洞察: which posts, channels and products drove orders, refunds taken off; every figure opens the orders behind it. */
export default function ReportPage() {
  const router = useRouter();
  const [by, setBy] = useState<By>("posts");
  const [span, setSpan] = useState<Span>("month");
  const [custom, setCustom] = useState<{ from: string | null; to: string | null }>(() => spanDays("days30", Date.now()));
  const [model, setModel] = useState<Model>("last");
  const [wanted, setCurrency] = useState<string>();

  const days = span === "custom" ? custom : spanDays(span, Date.now());
  const period: Period = { ...days, model };
  const report = useReport(by, period);
  const currencies = report.data?.totals.map((total) => total.currency) ?? [];
  const currency = wanted && currencies.includes(wanted) ? wanted : currencies[0] ?? "CNY";
  const open = (filter: OrderFilter = {}) => router.history.push(orderPath({ from: days.from, to: days.to, ...filter }));

  const when = days.from && days.to ? formatSpan(dayToMs(days.from), dayToMs(days.to)) : t`全部时间`;
  const asOf = report.data?.as_of;
  const bar = (
    <>
      <Segmented<Span> label={t`时间`} value={span} onChange={setSpan} options={[{ value: "month", label: t`本月` }, { value: "days30", label: t`近 30 天` }, { value: "custom", label: t`自选` }]} />
      {span === "custom" && (
        <>
          <DateField bare label={t`从哪天`} value={custom.from} max={custom.to ?? undefined} onChange={(from) => setCustom((was) => ({ ...was, from }))} />
          <DateField bare label={t`到哪天`} value={custom.to} min={custom.from ?? undefined} onChange={(to) => setCustom((was) => ({ ...was, to }))} />
        </>
      )}
      <i className="rule" />
      <Segmented<Model> label={t`一单碰到几篇时怎么分`} value={model} onChange={setModel} options={[{ value: "first", label: t`首次` }, { value: "last", label: t`末次` }, { value: "linear", label: t`平均` }, { value: "decay", label: t`衰减` }]} />
      <small>{modelWords(model)}</small>
      {currencies.length > 1 && <span className="push"><Segmented label={t`币种`} value={currency} onChange={setCurrency} options={currencies.map((value) => ({ value, label: value }))} /></span>}
    </>
  );
  return (
    <Page title={t`洞察`} bar={bar} sub={asOf ? <Trans>{when} · 已扣退款 · 数据截至 <When at={Date.parse(asOf)} form="ago" /></Trans> : t`${when} · 已扣退款`}>
      <Loaded query={report} shape="page">
        {(data) => data.totals.length === 0
          ? <EmptyState drawing="chart" title={data.as_of ? t`这段时间没有订单` : t`还没有订单可看`}
              actions={data.as_of ? <Button onClick={() => setSpan("custom")}>{t`换一段时间`}</Button> : <Button kind="go" icon="order" onClick={() => router.history.push("/order")}>{t`把订单接进来`}</Button>}>
              {data.as_of ? t`换一段时间，或去订单页同步一次。` : t`连接店铺或导入一份订单表格，这里就会说出哪篇带来了多少，有多确定。`}
            </EmptyState>
          : <Body data={data} by={by} onBy={setBy} currency={currency} period={period} open={open} />}
      </Loaded>
    </Page>
  );
}

const modelWords = (model: Model): string => ({ first: t`一单碰到几篇时，全记给最早那篇`, last: t`一单碰到几篇时，全记给最后那篇`, linear: t`一单碰到几篇时，平均分`, decay: t`一单碰到几篇时，越近的分得越多` })[model];

type Open = (filter?: OrderFilter) => void;

function Body({ data, by, onBy, currency, period, open }: { data: Report; by: By; onBy: (by: By) => void; currency: string; period: Period; open: Open }) {
  const total = data.totals.find((one) => one.currency === currency);
  const daily = useDaily(period);
  const rows = data.rows.filter((row) => row.currency === currency);
  return (
    <div className={css.page}>
      {total && <Figures total={total} open={open} />}
      <div className={css.split}>
        <Card className={css.rows} title={{ posts: t`哪篇带来了订单`, channels: t`哪个渠道带来了订单`, products: t`哪件好物卖出去了`, orders: t`订单` }[by]} note={t`点任何一行，看到每一单`}
          actions={<Segmented<By> label={t`按什么看`} value={by} onChange={onBy} options={[{ value: "posts", label: t`内容` }, { value: "channels", label: t`渠道` }, { value: "products", label: t`好物` }]} />}>
          <ReportTable rows={rows} by={by} total={total} onOpen={(id) => open({ [{ posts: "post", channels: "channel", products: "product", orders: "open" }[by]]: id })} />
          <div className={css.key}><TierKey />{by === "products" && <p>{t`好物这一栏算的是全部卖出的，不论从哪来。`}</p>}</div>
        </Card>
        <div className={css.side}>
          <Card title={t`每天`} note={t`净成交与退款`}>
            <Loaded query={daily} shape={<Skeleton shape="cards" count={1} />}>
              {(all) => <Suspense fallback={<div className="bone" style={{ height: 210 }} />}><DailyChart days={all} currency={currency} from={period.from} to={period.to} onPick={(on) => open({ from: on, to: on })} /></Suspense>}
            </Loaded>
          </Card>
          {total && <Sure total={total} />}
        </div>
      </div>
    </div>
  );
}

const credited = ({ tiers }: Total) => (tiers.A ?? 0) + (tiers.B ?? 0) + (tiers.C ?? 0) + (tiers.D.credit ?? 0);
const some = (value: number) => formatNum(value, { digits: Number.isInteger(value) ? 0 : 1 });

function Figures({ total, open }: { total: Total; open: Open }) {
  const money = (minor: number) => formatMoney(minor, total.currency);
  const sure = (total.tiers.A ?? 0) + (total.tiers.B ?? 0);
  const { commission_estimated: estimated, commission_settled: settled } = total;
  return (
    <Stats>
      <Stat name={t`净成交`} value={money(total.net)} note={t`付了 ${money(total.gross)}，退了 ${money(total.refunded)}`} onClick={() => open()} />
      <Stat name={t`净订单`} value={formatNum(total.orders)} note={t`A+B 级 ${some(sure)} 单，说不清 ${some(total.unknown ?? 0)} 单`} onClick={() => open()} />
      {(estimated !== null || settled !== null) && (
        <Stat name={t`预估佣金 → 已结`} value={<>{estimated === null ? "–" : money(estimated)} <span style={{ whiteSpace: "nowrap" }}><i aria-hidden="true">→</i> {settled === null ? "–" : money(settled)}</span></>}
          note={t`预估和已结各是实数，没有凑整`} onClick={() => open()} />
      )}
      <Stat name={t`退款`} value={total.refunded ? money(-total.refunded) : money(0)} tone={total.refunded ? "bad" : undefined} note={total.gross ? t`占付款的 ${formatPercent(total.refunded / total.gross)}` : undefined} onClick={() => open()} />
    </Stats>
  );
}

/** How sure the whole is, with what nobody knows said as plainly as the rest. */
function Sure({ total }: { total: Total }) {
  const { A, B, C, D } = total.tiers;
  const unknown = total.unknown ?? 0;
  return (
    <Card title={t`有多确定`} note={t`${formatNum(total.orders)} 单里`}>
      <TierBar a={A ?? 0} b={B ?? 0} c={C ?? 0} d={D.credit ?? 0} unknown={unknown} />
      <p className={css.sure}>{t`${some(credited(total))} 单找得到来处。`}{unknown > 0 && <b>{t`${some(unknown)} 单不知道从哪来，没有算给任何一篇。`}</b>}</p>
      {unknown > credited(total) && <p className="muted">{t`给每篇内容配上专属链接或优惠码，说不清的就会变少。`}</p>}
    </Card>
  );
}
