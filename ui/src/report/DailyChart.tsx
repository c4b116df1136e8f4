import { t } from "@lingui/core/macro";
import { useMemo } from "react";
import type { DayTotal } from "../ipc";
import { dayToMs, formatMoney, formatWhen, minorUnits } from "../kit";
import { Chart } from "../kit/Chart";
import { everyDay } from "./period";

/** Net per day as a line, refunds of those orders as bars below zero; a click opens the day's orders. */
export default function DailyChart({ days, currency, from, to, onPick }: { days: DayTotal[]; currency: string; from?: string | null; to?: string | null; onPick: (on: string) => void }) {
  const all = useMemo(() => everyDay(days, currency, from, to), [days, currency, from, to]);
  const option = useMemo(() => {
    const units = minorUnits(currency);
    const words = (value: unknown) => formatMoney(Math.round(Number(value) * units), currency);
    return {
      legend: {},
      tooltip: { trigger: "axis", valueFormatter: words },
      xAxis: { type: "category", data: all.map((day) => formatWhen(dayToMs(day.on))), axisLabel: { hideOverlap: true, formatter: (day: string) => day.replace(/ 月 | 日/g, (part) => (part.includes("月") ? "/" : "")) } },
      yAxis: { type: "value", splitNumber: 3, axisLabel: { formatter: (value: number) => value.toLocaleString("en-US") } },
      series: [
        { name: t`净成交`, type: "line", showSymbol: all.length < 45, data: all.map((day) => day.net / units) },
        { name: t`退款`, type: "bar", barMaxWidth: 10, itemStyle: { borderRadius: [0, 0, 4, 4] }, data: all.map((day) => -day.refunded / units) },
      ],
    };
  }, [all, currency]);
  const sum = all.reduce((net, day) => net + day.net, 0);
  return <Chart option={option} height={210} label={t`${all.length} 天的净成交与退款，合计净 ${formatMoney(sum, currency)}`} onPick={({ dataIndex }) => { const day = all[dataIndex]; if (day) onPick(day.on); }} />;
}
