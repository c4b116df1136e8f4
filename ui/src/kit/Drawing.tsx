import type { ReactNode } from "react";

const drawings = {
  leaf: <><path className="soft" d="M34 96c20 12 80 12 100 0-6-12-94-12-100 0z" /><path d="M84 98V52M84 70c-4-20-18-28-34-28 0 18 14 30 34 28zM84 58c2-18 14-30 34-32 2 20-12 34-34 32z" /><path className="pale" d="M60 50c10 4 18 11 24 20M108 36c-10 5-18 12-24 22" /><path d="M62 98h44" /></>,
  shelf: <><path className="soft" d="M26 40h116v58H26z" /><path className="paper" d="M40 66h24v32H40zM76 54h18v44H76zM106 72h26v26h-26z" /><path d="M20 98h128M48 66v-8h8v8M80 54V44h10v10" /><path className="pale" d="M46 80h12M80 68h10M80 76h10M112 84h14" /><path className="warm" d="M119 72v-8M115 66l4-4 4 4" /></>,
  flask: <><ellipse className="soft" cx="84" cy="98" rx="50" ry="9" /><path className="paper" d="M72 24h24M76 24v26L54 92a6 6 0 0 0 5 9h50a6 6 0 0 0 5-9L92 50V24" /><path className="pale" d="M64 76h40M70 86h22" /><path d="M116 40h28M116 52h20M116 64h26" /><path className="warm" d="M104 40h.5M104 52h.5M104 64h.5" /></>,
  photos: <><ellipse className="soft" cx="84" cy="102" rx="54" ry="8" /><path className="paper pale" d="M58 26l46-8 12 66-46 8z" /><path className="paper" d="M46 34h50v66H46z" /><path d="M46 84l14-14 11 10 9-8 16 16" /><circle className="warm" cx="80" cy="50" r="5" /><path className="pale" d="M112 100h22M112 92h14" /></>,
  page: <><ellipse className="soft" cx="84" cy="102" rx="52" ry="8" /><path className="paper" d="M46 20h60v82H46z" /><path className="pale" d="M58 38h36M58 50h36M58 62h26M58 74h32" /><path d="M104 84l28-44 8 5-28 44-10 6z" /><path className="warm" d="M52 50h.5M52 62h.5" /></>,
  plane: <><ellipse className="soft" cx="84" cy="100" rx="50" ry="8" /><path className="paper" d="M134 24L36 58l30 12 10 28 16-20 24 12z" /><path d="M134 24L66 70M134 24L92 78" /><path className="pale" d="M28 78c-6 6-6 12 2 14M44 84c-5 4-6 9-1 12" /></>,
  chain: <><ellipse className="soft" cx="84" cy="98" rx="48" ry="8" /><path className="paper" d="M30 50h44v28a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8zM98 38h40v44H98z" /><path className="pale" d="M40 62h24M40 72h16M106 48h10v10h-10zM122 48h8M106 66h6M118 66h12M106 74h10M122 74h8" /><path className="warm" d="M74 62c8-2 10-6 14-8s6-2 10-2" strokeDasharray="4 5" /></>,
  receipt: <><ellipse className="soft" cx="84" cy="104" rx="46" ry="7" /><path className="paper" d="M58 18h54v86l-9-6-9 6-9-6-9 6-9-6-9 6z" /><path className="pale" d="M70 36h30M70 48h30M70 60h18" /><path d="M94 76l6 6 12-14" /><path className="warm" d="M70 78h10" /></>,
  chart: <><ellipse className="soft" cx="84" cy="102" rx="52" ry="8" /><path d="M38 20v80h96" /><path className="paper" d="M52 76h14v24H52zM78 58h14v42H78zM104 40h14v60h-14z" /><path className="warm" d="M46 64c16-2 26-12 38-18s24-14 40-22" strokeDasharray="4 5" /></>,
  sun: <><ellipse className="soft" cx="84" cy="98" rx="54" ry="9" /><path className="paper" d="M40 42h60v54H40z" /><path d="M40 56h60M54 36v12M86 36v12M56 76l8 8 16-18" /><circle className="warm" cx="124" cy="40" r="11" /><path className="warm" d="M124 20v4M124 56v4M104 40h4M140 40h4M110 26l3 3M135 51l3 3M138 26l-3 3M113 51l-3 3" /></>,
  key: <><ellipse className="soft" cx="84" cy="100" rx="50" ry="8" /><path className="paper" d="M40 34h88v60H40z" /><path className="pale" d="M54 50h38M54 64h52M54 78h28" /><circle className="warm" cx="106" cy="50" r="5" /><circle cx="116" cy="64" r="5" /><circle cx="92" cy="78" r="5" /></>,
  knot: <><ellipse className="soft" cx="84" cy="98" rx="50" ry="8" /><path d="M20 66c22 0 34-26 54-26 16 0 22 12 22 22s-8 20-18 20-17-8-17-17c0-16 18-28 36-28 22 0 28 30 51 30" /><path className="warm" d="M84 22v8M66 26l4 7M102 26l-4 7" /></>,
} satisfies Record<string, ReactNode>;

export type DrawingName = keyof typeof drawings;

/** A small line drawing for an empty page; decorative. */
export function Drawing({ name }: { name: DrawingName }) {
  return <svg className="drawing" viewBox="0 0 168 126" aria-hidden="true">{drawings[name]}</svg>;
}
