import { t } from "@lingui/core/macro";
import { cancelJob, useJob } from "../ipc";
import { Button, formatNum, say } from "../kit";
import css from "./photo.module.css";

/** A quiet line while photos come in: how many so far, and a way to stop; the photos themselves stand on the wall as they land. */
export function Coming() {
  const job = useJob("photo");
  if (!job) return null;
  const line = [job.total ? t`正在放进 ${formatNum(job.done)} / ${formatNum(job.total)} 张` : t`正在放进照片`, job.failed > 0 && t`${formatNum(job.failed)} 个没成`].filter(Boolean).join(t`，`);
  return (
    <div className={css.coming} role="status" data-testid="photo-coming">
      <span className="num">{line}</span>
      <span className={css.track}><i style={{ width: job.total ? `${Math.min(100, (job.done / job.total) * 100)}%` : 0 }} /></span>
      <Button small kind="quiet" onClick={() => void cancelJob(job.job).catch(say.failed)}>{t`停下`}</Button>
    </div>
  );
}
