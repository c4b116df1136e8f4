import { t } from "@lingui/core/macro";
import { useMemo } from "react";
import type { Price } from "../ipc";
import { formatMoney, minorUnits } from "../kit";
import { Chart } from "../kit/Chart";
import { priceKinds, priceWord } from "./words";

/** The price log as steps, one line per kind of price; a price holds until another is seen. */
export default function PriceChart({ prices }: { prices: Price[] }) {
  const currency = prices[0]?.currency ?? "CNY";
  const option = useMemo(() => {
    const units = minorUnits(currency);
    const last = Math.max(...prices.map((price) => Date.parse(price.seen_at)));
    const series = priceKinds.flatMap((kind) => {
      const seen = prices.filter((price) => price.kind === kind && price.currency === currency).map((price) => [Date.parse(price.seen_at), price.amount / units] as const).toSorted((a, b) => a[0] - b[0]);
      const end = seen.at(-1);
      if (!end) return [];
      return [{ type: "line", step: "end", name: priceWord(kind), data: end[0] < last ? [...seen, { value: [last, end[1]], symbol: "none" }] : seen }];
    });
    return {
      series, xAxis: { type: "time", minInterval: 86_400_000, axisLabel: { hideOverlap: true, formatter: "{M}/{d}" } }, yAxis: { type: "value", scale: true, splitNumber: 3 },
      legend: { left: 0, itemGap: 12 }, tooltip: { trigger: "item", valueFormatter: (value: unknown) => formatMoney(Math.round(Number(Array.isArray(value) ? value[1] : value) * units), currency) },
    };
  }, [prices, currency]);
  return <Chart option={option} height={170} label={t`看到过的价格随时间的变化，一种价一条线`} />;
}
