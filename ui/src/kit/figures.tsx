import { t } from "@lingui/core/macro";
import type { ReactNode } from "react";
import { formatPercent } from "./money";

/** One big figure: its name, the value, what it leaves out. With `onClick` it opens what it is made of. */
export function Stat({ name, value, note, tone, onClick }: { name: ReactNode; value: ReactNode; note?: ReactNode; tone?: "good" | "bad"; onClick?: () => void }) {
  const body = <><span className="name">{name}</span><b className={tone}>{value}</b><em>{note}</em></>;
  return onClick
    ? <button type="button" className="card stat" onClick={onClick}>{body}</button>
    : <div className="card stat">{body}</div>;
}

/** A row of Stats that wraps. */
export const Stats = ({ children }: { children: ReactNode }) => <div className="stats">{children}</div>;

export type Tiers = { a: number; b: number; c: number; d: number };

const tierWords = (): [keyof Tiers, string, string][] => [
  ["a", "A", t`专属链接或优惠码`],
  ["b", "B", t`平台笔记 ID 或推广位`],
  ["c", "C", t`买家说的`],
  ["d", "D", t`按时间推断（给区间）`],
];

/** How sure a figure is: shares of tiers A–D (any non-negative numbers), D hatched because it is inferred; `unknown` stays bare. */
export function TierBar({ a, b, c, d, unknown = 0, width }: Tiers & { unknown?: number; width?: number }) {
  const all = { a, b, c, d };
  const sum = a + b + c + d + unknown;
  const parts = tierWords().filter(([tier]) => all[tier] > 0);
  const words = parts.map(([tier, letter, what]) => `${letter} ${formatPercent(all[tier] / sum, 0)} ${what}`).join("，");
  return (
    <div className="tiers" role="img" aria-label={words || t`还没有订单`} title={words} style={{ width }}>
      {parts.map(([tier]) => <i key={tier} className={`tier-${tier}`} style={{ width: `${(all[tier] / sum) * 100}%` }} />)}
    </div>
  );
}

/** The line under a table that says what A, B, C and D mean. */
export function TierKey() {
  return <div className="tier-key">{tierWords().map(([tier, letter, what]) => <span key={tier}><i className={`tier-${tier}`} />{letter} {what}</span>)}</div>;
}

/** A timeline; put Days in it, newest first. */
export const Timeline = ({ children, label }: { children: ReactNode; label: string }) => <ol aria-label={label}>{children}</ol>;

/** One day (or one gap) of a timeline: 第 14 天 / 11 月 15 日 on the left, what happened on the right. */
export function Day({ name, date, gap, children }: { name: ReactNode; date?: ReactNode; gap?: boolean; children: ReactNode }) {
  return (
    <li className={gap ? "day gap" : "day"}>
      <div className="when"><b>{name}</b>{date}</div>
      <div className="what">{children}</div>
    </li>
  );
}

/** What is missing, in a dashed frame, with the one button that fills it. */
export const Missing = ({ children, action }: { children: ReactNode; action?: ReactNode }) => <div className="missing"><span>{children}</span>{action}</div>;

/** Lines of a card: `end` is the quiet part at the right. */
export function Lines({ of }: { of: { key: string | number; body: ReactNode; end?: ReactNode }[] }) {
  return <ul className="lines">{of.map((line) => <li key={line.key}><span style={{ minWidth: 0 }}>{line.body}</span>{line.end && <span className="end">{line.end}</span>}</li>)}</ul>;
}
