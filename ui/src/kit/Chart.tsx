import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart, PieChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

echarts.use([LineChart, BarChart, PieChart, ScatterChart, GridComponent, TooltipComponent, LegendComponent, DatasetComponent, MarkLineComponent, MarkAreaComponent, AriaComponent, SVGRenderer]);

export type ChartOption = echarts.EChartsCoreOption;

/** Our tokens as an ECharts theme, read from the page so that light and dark are one list. */
function inks() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const axis = { axisLine: { lineStyle: { color: ink("line") } }, axisTick: { show: false }, axisLabel: { color: ink("ink3") }, splitLine: { lineStyle: { color: ink("line") } } };
  return {
    color: ["sprout", "persimmon", "sky", "amber", "sprout-mid", "ink3"].map(ink),
    textStyle: { fontFamily: style.getPropertyValue("--text"), color: ink("ink2") },
    legend: { top: 0, right: 8, textStyle: { color: ink("ink2") }, icon: "roundRect", itemWidth: 12, itemHeight: 6 },
    tooltip: { backgroundColor: ink("card"), borderColor: ink("line"), textStyle: { color: ink("ink"), fontSize: 13 } },
    categoryAxis: { ...axis, splitLine: { show: false } }, valueAxis: { ...axis, axisLine: { show: false } }, timeAxis: { ...axis, splitLine: { show: false } },
    line: { symbol: "circle", symbolSize: 6, lineStyle: { width: 2.5 } }, bar: { itemStyle: { borderRadius: [4, 4, 0, 0] } },
  };
}

/** An ECharts chart (line, bar, pie, scatter) in our colours. `label` says in one sentence what it shows; `onPick` gets what was clicked. */
export function Chart({ option, label, height = 200, onPick }: { option: ChartOption; label: string; height?: number; onPick?: (point: { seriesIndex?: number; dataIndex: number; name: string }) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const scheme = useComputedColorScheme("light");
  const chart = useRef<echarts.ECharts>(undefined);

  useEffect(() => {
    if (!box.current) return;
    const made = echarts.init(box.current, inks());
    chart.current = made;
    made.on("click", (point) => pick.current?.(point));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => { watch.disconnect(); made.dispose(); };
  }, [scheme]);

  useEffect(() => {
    // Drawn whole at once: what is drawn out by a growing clip stays half drawn in WebKit until the pointer comes over it.
    chart.current?.setOption({ animation: false, grid: { left: 8, right: 16, top: "legend" in option ? 34 : 16, bottom: 8, outerBoundsMode: "same" }, ...option }, true);
  }, [option, scheme]);

  return <div ref={box} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
