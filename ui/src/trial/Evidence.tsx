import { t } from "@lingui/core/macro";
import { useState } from "react";
import { commands, type Evidence, type EvidenceFormat, pickSave, revealFile, type Trial, useRunJob } from "../ipc";
import { Button, Lines, Modal, say } from "../kit";

/** Writes the trial as a private PDF or folder, and says what could not be shown in it. */
export function useEvidence(trial: Trial) {
  const run = useRunJob();
  const [written, setWritten] = useState<Evidence>();
  const write = async (format: EvidenceFormat) => {
    try {
      const name = t`${trial.product_name.replace(/[\\/:*?"<>|]/g, " ").trim()} 试用记录 ${trial.started_on}`;
      const out = await pickSave(t`证据存到哪儿，只给自己看`, format === "pdf" ? `${name}.pdf` : name);
      if (!out) return;
      setWritten(await run("evidence", (job) => commands.exportTrial(trial.id, out, format, job)));
    } catch (error) {
      say.failed(error);
    }
  };
  const close = () => setWritten(undefined);
  const dialog = (
    <Modal open={written !== undefined} onClose={close} title={t`证据写好了`} size={460} actions={<><Button onClick={close}>{t`好`}</Button><Button kind="go" icon="folder" onClick={() => { if (written) void revealFile(written.path).catch(say.failed); close(); }}>{t`去看看`}</Button></>}>
      {written && (
        <div className="pile">
          <p>{written.pages > 0 ? t`${written.pages} 页，${written.pictures} 张照片。` : t`${written.pictures} 张照片，还有一份写着每张指纹的清单。`}{t`里面有日期和机型，没有拍摄地点，也没有买家。`}</p>
          {written.failed.length > 0 && <div><p className="bad">{t`${written.failed.length} 张照片没有印出来，原位写明了原因：`}</p><Lines of={written.failed.map((one) => ({ key: one.photo, body: one.reason }))} /></div>}
        </div>
      )}
    </Modal>
  );
  return { write, dialog };
}
