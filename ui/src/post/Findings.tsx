import { Plural } from "@lingui/react/macro";
import { t } from "@lingui/core/macro";
import { memo, useState } from "react";
import type { Checked, Finding, Severity } from "../ipc";
import { Button, Chip, Icon, type Tone } from "../kit";
import { lookedWords } from "./looked";
import css from "./post.module.css";

const tones: Record<Severity, Tone> = { block: "persimmon", warn: "amber", info: "sky" };
export const severityWords = (severity: Severity) => ({ block: t`拦下`, warn: t`留意`, info: t`知道一下` })[severity];

/** Where a rule is from, behind one word: the sentence is for the person, the source for whoever doubts it. */
export function Proof({ finding }: { finding: Finding }) {
  const [open, setOpen] = useState(false);
  if (!finding.source) return null;
  return <span className={css.proof}><button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t`出处`}</button>{open && <small>{finding.source}</small>}</span>;
}

type Props = { checked: Checked | undefined; busy: boolean; onShow: (finding: Finding) => void; onMend: (finding: Finding) => void; onPad: () => void; onLink: (finding: Finding) => void };

/** What was found, worst first; and what was looked at, for silence about the rest means nothing. */
export const Findings = memo(function Findings({ checked, busy, onShow, onMend, onPad, onLink }: Props) {
  const [open, setOpen] = useState(true);
  const found = checked?.findings ?? [];
  const looked = checked && <small className={css.looked} data-testid="post-looked"><Icon name="info" size={13} /> {lookedWords(checked)}</small>;
  if (!found.length) return <footer className={css.found}>{looked ?? <span className="muted">{busy ? t`正在看这篇…` : t`还没有查过`}</span>}</footer>;
  const blocks = found.filter((one) => one.severity === "block").length;
  return (
    <footer className={css.found} aria-label={t`发现`}>
      <button type="button" className={css.foundHead} aria-expanded={open} onClick={() => setOpen((was) => !was)}>
        <Icon name={open ? "down" : "up"} size={13} />
        <b><Plural value={found.length} other="# 处要看" /></b>
        {blocks > 0 && <span className="bad"><Plural value={blocks} other="其中 # 处会拦下发布" /></span>}
      </button>
      {looked}
      {open && (
        <ul>
          {found.map((finding, nth) => (
            <li key={`${finding.rule}${finding.field}${finding.start}${nth}`}>
              <Chip tone={tones[finding.severity]}>{severityWords(finding.severity)}</Chip>
              <span className={css.foundWords}>
                <button type="button" onClick={() => onShow(finding)}><b>{finding.message}</b> {finding.reason}</button> <Proof finding={finding} />
              </span>
              {finding.rule === "images.cut" && <Button small onClick={onPad} data-testid="post-pad">{t`补白边，不裁`}</Button>}
              {finding.rule === "link.missing" && <Button small icon="link" onClick={() => onLink(finding)} data-testid="post-link">{t`做一条`}</Button>}
              {finding.fix && <Button small onClick={() => onMend(finding)}>{finding.fix.label}</Button>}
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
});
