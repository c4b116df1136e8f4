import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { Trial, Verdict } from "../ipc";
import { Button, DateField, Modal, msToDay, say, Segmented, TextArea, TextField, useKept, useRefusal } from "../kit";
import type { Changes } from "./api";
import css from "./trial.module.css";
import { verdicts, verdictWord } from "./words";

/** Ends a trial with what came out. A recommendation without any shortcoming is asked about once, never blocked. */
export function Finish({ trial, changes, open, onClose }: { trial: Trial; changes: Changes; open: boolean; onClose: () => void }) {
  const today = msToDay(Date.now());
  const form = useKept(`trial.finish.${trial.id}`, { verdict: trial.verdict ?? ("mixed" as Verdict), text: trial.verdict_text, day: trial.finished_on, flaw: "" });
  const { verdict, text, day, flaw } = form.value;
  const set = (part: Partial<typeof form.value>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const refused = useRefusal(["verdict_text", "text", "on", "finished_on"]);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => { if (open) setAsked(false); }, [open]);
  const spotless = verdict === "recommend" && trial.flaws.length === 0;
  const keep = async () => {
    if (spotless && !flaw.trim() && !asked) return setAsked(true);
    setBusy(true);
    try {
      if (flaw.trim()) await changes.admit({ text: flaw });
      await changes.finish(verdict, text.trim(), day && day !== today ? day : null);
      form.done();
      onClose();
      say.done(t`记下了结论`);
    } catch (error) {
      refused.by(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`给「${trial.product_name}」下结论`} size={500} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={busy} onClick={() => void keep()} data-testid="trial-finish-save">{asked && spotless && !flaw.trim() ? t`没有缺点，就这样推荐` : t`记下结论`}</Button></>}>
      <div className="pile">
        {trial.flaws.length > 0 && <p className={css.recall}><b>{t`写过的缺点`}</b>{trial.flaws.map((one) => (one.resolved_on === null ? one.text : t`${one.text}（后来没有了）`)).join(t`；`)}</p>}
        <Segmented label={t`结论`} value={verdict} onChange={(next) => set({ verdict: next })} options={verdicts.map((value) => ({ value, label: verdictWord(value) }))} />
        <TextArea label={t`一句话为什么`} value={text} error={refused.at("verdict_text")} onChange={(next) => set({ text: next })} rows={3} autoFocus placeholder={t`谁用合适，谁用不合适`} data-testid="trial-verdict-text" />
        {trial.flaws.length === 0 && (
          <div className={asked && spotless ? css.asking : undefined} role={asked ? "alert" : undefined}>
            {asked && spotless && <p>{t`一条缺点都没写就推荐，看的人会起疑。真的没有吗？哪怕是包装、价格、气味。`}</p>}
            <TextField label={t`有哪里不好`} value={flaw} error={refused.at("text")} onChange={(next) => set({ flaw: next })} placeholder={t`没有就空着`} data-testid="trial-finish-flaw" />
          </div>
        )}
        <DateField label={t`用到哪天`} value={day ?? today} min={trial.started_on} max={today} error={refused.at("on") ?? refused.at("finished_on")} onChange={(next) => set({ day: next })} />
        <p className="muted">{verdict === "recommend" ? t`好物会走到「推荐」。` : verdict === "reject" ? t`好物会走到「淘汰」。` : t`好物的阶段由你自己再定。`}</p>
      </div>
    </Modal>
  );
}
