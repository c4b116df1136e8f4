import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { ReasonCount, ReasonKind, ReviewSummary } from "../ipc";
import { Button } from "../kit";
import css from "./review.module.css";
import type { Sift } from "./sift";
import { kindWord, labelWord } from "./words";

type Props = { summary: ReviewSummary; sift: Sift; onSift: (sift: Sift) => void };

/** Why bought, why returned, what counts: how many buyers' reviews give each reason. Solid is what the creator confirmed, hatched what the rules read. */
export function Reasons({ summary, sift, onSift }: Props) {
  const kinds = (["bought_because", "returned_because", "sensitivity"] as ReasonKind[]).filter((kind) => summary.reasons.some((one) => one.kind === kind));
  if (kinds.length === 0) return null;
  const most = Math.max(1, ...summary.reasons.map((one) => one.said + one.proposed));
  return (
    <div className={css.reasons}>
      {kinds.map((kind) => <Kind key={kind} kind={kind} of={summary.reasons.filter((one) => one.kind === kind)} most={most} n={kind === "returned_because" ? summary.returned : summary.total - summary.own} sift={sift} onSift={onSift} />)}
    </div>
  );
}

function Kind({ kind, of, most, n, sift, onSift }: { kind: ReasonKind; of: ReasonCount[]; most: number; n: number; sift: Sift; onSift: (sift: Sift) => void }) {
  const [all, setAll] = useState(false);
  return (
    <section className={`${css.kind} ${css[kind]}`} aria-label={kindWord(kind)}>
      <h2>{kindWord(kind)}<small>{kind === "returned_because" ? t`${n} 条说到退换` : t`买家 ${n} 条里`}</small></h2>
      {of.slice(0, all ? 60 : 5).map((one) => {
        const on = sift.reason?.kind === kind && sift.reason.label === one.label;
        const label = labelWord(kind, one.label);
        return (
          <button type="button" key={one.label} className={css.reason} aria-pressed={on} onClick={() => onSift({ ...sift, reason: on ? undefined : { kind, label: one.label } })}>
            <span className="visually-hidden">{t`${label}：确认 ${one.said} 条，词里读到 ${one.proposed} 条`}</span>
            <span aria-hidden="true">{label}</span>
            <i className={css.bar} aria-hidden="true"><b style={{ width: `${(one.said / most) * 100}%` }} /><em style={{ width: `${(one.proposed / most) * 100}%` }} /></i>
            <span className="num" aria-hidden="true">{one.said}{one.proposed > 0 && <small> +{one.proposed}</small>}</span>
          </button>
        );
      })}
      {of.length > 5 && <Button small kind="quiet" onClick={() => setAll(!all)}>{all ? t`收起` : t`还有 ${of.length - 5} 个`}</Button>}
    </section>
  );
}
