import { Plural } from "@lingui/react/macro";
import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Finding, Severity } from "../ipc";
import { Button, Chip, Icon, type Tone } from "../kit";
import css from "./post.module.css";

const tones: Record<Severity, Tone> = { block: "persimmon", warn: "amber", info: "sky" };
export const severityWords = (severity: Severity) => ({ block: t`拦下`, warn: t`留意`, info: t`知道一下` })[severity];

/** What was found, worst first; the short list that fits, the rest on demand. */
export function Findings({ found, busy, onShow, onMend }: { found: readonly Finding[]; busy: boolean; onShow: (finding: Finding) => void; onMend: (finding: Finding) => void }) {
  const [open, setOpen] = useState(true);
  if (!found.length) {
    return <footer className={css.found}><p className={css.clear}>{busy ? <span className="muted">{t`正在看这篇…`}</span> : <><Icon name="check" size={15} /> {t`这个渠道没有拦下的地方`}</>}</p></footer>;
  }
  const blocks = found.filter((one) => one.severity === "block").length;
  return (
    <footer className={css.found} aria-label={t`发现`}>
      <button type="button" className={css.foundHead} aria-expanded={open} onClick={() => setOpen((was) => !was)}>
        <Icon name={open ? "down" : "up"} size={13} />
        <b><Plural value={found.length} other="# 处要看" /></b>
        {blocks > 0 && <span className="bad"><Plural value={blocks} other="其中 # 处会拦下发布" /></span>}
      </button>
      {open && (
        <ul>
          {found.map((finding, nth) => (
            <li key={`${finding.rule}${finding.field}${finding.start}${nth}`}>
              <Chip tone={tones[finding.severity]}>{severityWords(finding.severity)}</Chip>
              <button type="button" className={css.foundWords} onClick={() => onShow(finding)} title={finding.source || undefined}>
                <b>{finding.message}</b> {finding.reason}
              </button>
              {finding.fix && <Button small onClick={() => onMend(finding)}>{finding.fix.label}</Button>}
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
