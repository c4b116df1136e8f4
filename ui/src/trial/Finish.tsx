import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { Trial, Verdict } from "../ipc";
import { Button, DateField, Modal, msToDay, say, Segmented, TextArea } from "../kit";
import type { Changes } from "./api";
import { verdicts, verdictWord } from "./words";

/** Ends a trial with what came out. */
export function Finish({ trial, changes, open, onClose }: { trial: Trial; changes: Changes; open: boolean; onClose: () => void }) {
  const today = msToDay(Date.now());
  const [verdict, setVerdict] = useState<Verdict>("mixed");
  const [text, setText] = useState("");
  const [day, setDay] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { if (open) { setVerdict(trial.verdict ?? "mixed"); setText(trial.verdict_text); setDay(trial.finished_on); } }, [open]);
  const keep = async () => {
    setBusy(true);
    try {
      await changes.finish(verdict, text.trim(), day && day !== today ? day : null);
      onClose();
      say.done(t`记下了结论`);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title={t`给「${trial.product_name}」下结论`} size={500} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={busy} onClick={() => void keep()} data-testid="trial-finish-save">{t`记下结论`}</Button></>}>
      <div className="pile">
        <Segmented label={t`结论`} value={verdict} onChange={setVerdict} options={verdicts.map((value) => ({ value, label: verdictWord(value) }))} />
        <TextArea label={t`一句话为什么`} value={text} onChange={setText} rows={3} autoFocus placeholder={t`谁用合适，谁用不合适`} data-testid="trial-verdict-text" />
        <DateField label={t`用到哪天`} value={day ?? today} min={trial.started_on} max={today} onChange={setDay} />
        {trial.shortcomings.length === 0 && <p className="muted">{t`还没写过缺点。下结论前补一条，别人会更信。`}</p>}
        <p className="muted">{verdict === "recommend" ? t`好物会走到「推荐」。` : verdict === "reject" ? t`好物会走到「淘汰」。` : t`好物的阶段由你自己再定。`}</p>
      </div>
    </Modal>
  );
}
