import { t } from "@lingui/core/macro";
import { cancelJob, type Job } from "../ipc";
import { formatNum, say } from "../kit";
import css from "./photo.module.css";

/** Stands where the counts stand while photos come in: how many so far, and a way to stop. The photos themselves are on the wall as they land; nothing moves for this line. */
export function Coming({ job }: { job: Job }) {
  const line = [job.total ? t`正在放进 ${formatNum(job.done)} / ${formatNum(job.total)} 张` : t`正在放进照片`, job.failed > 0 && t`${formatNum(job.failed)} 个没成`].filter(Boolean).join(t`，`);
  return (
    <span className={css.coming} role="status" data-testid="photo-coming">
      <span className="num">{line}</span>
      <span className={css.track}><i style={{ width: job.total ? `${Math.min(100, (job.done / job.total) * 100)}%` : 0 }} /></span>
      <button type="button" onClick={() => void cancelJob(job.job).catch(say.failed)}>{t`停下`}</button>
    </span>
  );
}
