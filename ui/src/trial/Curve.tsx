import { t } from "@lingui/core/macro";
import { useMemo } from "react";
import type { Trial } from "../ipc";
import { Chart } from "../kit/Chart";
import { nthDay } from "./days";

/** The feelings over the days, one line per scale, each named at its end. */
export default function Curve({ trial }: { trial: Trial }) {
  const option = useMemo(() => {
    const scales = [...new Set(trial.days.flatMap((day) => day.ratings.map((one) => one.scale)))];
    return {
      grid: { left: 4, right: 76, top: 12, bottom: 4, outerBoundsMode: "same" },
      xAxis: { type: "value", min: 1, max: "dataMax", minInterval: 1, splitLine: { show: false }, axisLabel: { formatter: (nth: number) => t`第 ${nth} 天`, hideOverlap: true } },
      yAxis: { type: "value", min: 1, max: 5, interval: 2 },
      tooltip: { trigger: "item", formatter: ({ seriesName, data }: { seriesName: string; data: [number, number] }) => `${seriesName} ${data[1]} · ${t`第 ${data[0]} 天`}` },
      series: scales.map((scale) => ({
        type: "line", smooth: 0.25, smoothMonotone: "x", name: scale, endLabel: { show: true, formatter: ({ data }: { data: [number, number] }) => `${scale} ${data[1]}`, fontSize: 12, color: "inherit", textBorderWidth: 0, width: 70, overflow: "truncate" }, labelLayout: { moveOverlap: "shiftY" },
        data: trial.days.flatMap((day) => day.ratings.filter((one) => one.scale === scale).map((one) => [nthDay(trial, day.on), one.value])),
      })),
    };
  }, [trial]);
  return <Chart option={option} height={160} label={t`每项感受从第一天到现在的分数`} />;
}
