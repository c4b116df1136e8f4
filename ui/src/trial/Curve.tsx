import { t } from "@lingui/core/macro";
import { useMemo } from "react";
import type { Trial } from "../ipc";
import { Chart } from "../kit/Chart";
import { nthDay } from "./days";

/** Beyond so many lines their names collide: the rest wait in the legend, which turns them on. */
const most = 6;

/** The feelings over the days, one line per scale, each named at its end; many scales get a legend to choose from. */
export default function Curve({ trial }: { trial: Trial }) {
  const option = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { scale } of trial.days.flatMap((day) => day.ratings)) counts.set(scale, (counts.get(scale) ?? 0) + 1);
    const scales = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    const many = scales.length > most;
    return {
      grid: { left: 4, right: many ? 12 : 76, top: many ? 34 : 12, bottom: 4, outerBoundsMode: "same" },
      ...(many && { legend: { type: "scroll", top: 0, left: 0, right: 0, selected: Object.fromEntries(scales.map((scale, nth) => [scale, nth < most])) } }),
      xAxis: { type: "value", min: 1, max: "dataMax", minInterval: 1, splitLine: { show: false }, axisLabel: { formatter: (nth: number) => t`第 ${nth} 天`, hideOverlap: true } },
      yAxis: { type: "value", min: 1, max: 5, interval: 2 },
      tooltip: { trigger: "item", formatter: ({ seriesName, data }: { seriesName: string; data: [number, number] }) => `${seriesName} ${data[1]} · ${t`第 ${data[0]} 天`}` },
      series: scales.map((scale) => ({
        type: "line", name: scale, symbolSize: trial.days.length > 30 ? 3 : 6, labelLayout: { moveOverlap: "shiftY" },
        endLabel: { show: !many, formatter: ({ data }: { data: [number, number] }) => `${scale} ${data[1]}`, fontSize: 12, color: "inherit", textBorderWidth: 0, width: 70, overflow: "truncate" },
        data: trial.days.flatMap((day) => day.ratings.filter((one) => one.scale === scale).map((one) => [nthDay(trial, day.on), one.value])),
      })),
    };
  }, [trial]);
  return <Chart option={option} height={option.series.length > most ? 220 : 180} label={t`每项感受从第一天到现在的分数`} />;
}
