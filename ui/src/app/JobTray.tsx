import { t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cancelJob, forgetJob, type Job, useJobs } from "../ipc";
import { formatNum, IconButton, say } from "../kit";

/** What a kind of job calls itself while it runs; a kind the window does not know is simply "正在处理". */
function kindWords(kind: string): string {
  const words: Record<string, string> = {
    import_photos: t`正在导入照片`, photo: t`正在导入照片`, import_orders: t`正在读订单`, order: t`正在读订单`, sync: t`正在同步店铺`,
    bundle: t`正在打包`, backup: t`正在备份`, restore: t`正在恢复`, check: t`正在检查工作区`, search: t`正在整理搜索`, sample: t`正在放入示例`, evidence: t`正在写证据`,
  };
  return words[kind] ?? t`正在处理`;
}

/** How far it is, in one line: 正在导入照片 128 / 200，2 个没成. */
export function sentence({ kind, done, total, failed, state }: Job): string {
  const what = { running: kindWords(kind), done: t`做完了`, cancelled: t`停下了，做完的都留着`, failed: t`没做完` }[state];
  const count = total ? `${formatNum(done)} / ${formatNum(total)}` : done ? formatNum(done) : "";
  const line = [what, count].filter(Boolean).join(" ");
  return failed ? t`${line}，${failed} 个没成` : line;
}

/** Running work at the lower right: how far, what could not be done, and a way to stop. Ended work leaves after a while, failed work when it is closed. */
export function JobTray() {
  const jobs = useJobs();
  return jobs.length > 0 && <aside className="tray" aria-label={t`正在进行的事`}>{jobs.slice(-3).map((job) => <JobCard key={job.job} job={job} />)}</aside>;
}

function JobCard({ job }: { job: Job }) {
  const client = useQueryClient();
  const running = job.state === "running";
  const share = job.state === "done" ? 1 : job.total ? Math.min(1, job.done / job.total) : undefined;
  useEffect(() => {
    if (job.state !== "done" && job.state !== "cancelled") return;
    const timer = setTimeout(() => forgetJob(client, job.job), 6000);
    return () => clearTimeout(timer);
  }, [client, job.job, job.state]);
  return (
    <div className="card job" role="status">
      <div className="job-line">
        <span>{sentence(job)}{running && job.note && <small className="cell">{job.note}</small>}{job.state === "failed" && job.note && <small>{job.note}</small>}</span>
        {running
          ? <IconButton small icon="close" label={t`停下`} onClick={() => void cancelJob(job.job).catch(say.failed)} />
          : <IconButton small icon="close" label={t`收起`} onClick={() => forgetJob(client, job.job)} />}
      </div>
      <div className={`progress ${job.state} ${share === undefined ? "unknown" : ""}`} role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === undefined ? undefined : Math.round(share * 100)} aria-label={kindWords(job.kind)}>
        <i style={{ width: share === undefined ? undefined : `${share * 100}%` }} />
      </div>
    </div>
  );
}
