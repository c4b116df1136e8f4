import { t } from "@lingui/core/macro";
import { lazy, Suspense, useState } from "react";
import { type Photo, photoUrl, type Trial } from "../ipc";
import { Button, Card, Chip, dayToMs, formatWhen, IconButton, Pairs, Picture } from "../kit";
import { useDoubts } from "../photo/twins";
import { type Changes, useVerdicts } from "./api";
import { lastDay, nthDay, provenDays, says } from "./days";
import { VerdictHistory } from "./History";
import { Scales } from "./Scales";
import css from "./trial.module.css";
import { paidWord, rhythmWord, verdictTone, verdictWord, wayWord } from "./words";

const Curve = lazy(() => import("./Curve"));

/** The curves of feelings; the chart itself is loaded when there is one to draw. */
export function CurveCard({ trial, changes, known }: { trial: Trial; changes: Changes; known: readonly string[] }) {
  const [choosing, setChoosing] = useState(false);
  const rated = trial.days.filter((day) => day.ratings.length > 0).length;
  return (
    <Card title={t`感受曲线`} actions={<Button small kind="quiet" icon="edit" onClick={() => setChoosing(true)} data-testid="trial-scales">{t`打哪些感受`}</Button>}>
      {rated > 1 ? <Suspense fallback={<div style={{ height: 180 }} />}><Curve trial={trial} /></Suspense> : <p className="muted">{t`给两天打过分就有曲线。打什么分、叫什么，都由你定。`}</p>}
      <Scales trial={trial} changes={changes} known={known} open={choosing} onClose={() => setChoosing(false)} />
    </Card>
  );
}

/** How it was got, how long it runs, and what it proves. */
export function Facts({ trial, photos, today, onEdit, onShow }: { trial: Trial; photos: ReadonlyMap<number, Photo>; today: string; onEdit: () => void; onShow: (photo: number) => void }) {
  const doubts = useDoubts({ trial: trial.id }).data;
  const doubtful = new Set(doubts?.doubtful.map((one) => one.photo));
  const taken = [...new Set(trial.days.flatMap((day) => day.photos))].flatMap((id) => { const photo = photos.get(id); return photo?.source === "own" && !photo.made ? [photo] : []; });
  const own = taken.filter((photo) => !doubtful.has(photo.id));
  const end = lastDay(trial, today);
  const inside = own.filter((photo) => photo.taken_at && photo.taken_at.slice(0, 10) >= trial.started_on && photo.taken_at.slice(0, 10) <= end).length;
  const said = own.length === 0 ? t`还没有` : inside === own.length ? t`${own.length} 张，都拍在试用期内` : t`${own.length} 张，${inside} 张拍在试用期内`;
  const until = trial.finished_on ? null : trial.ends_on ? t`${formatWhen(dayToMs(trial.ends_on))}，还有 ${Math.max(0, nthDay({ started_on: today }, trial.ends_on) - 1)} 天` : t`没有定`;
  return (
    <Card title={t`来历和凭据`} actions={<IconButton small icon="edit" label={t`改来历、起止和提醒`} onClick={onEdit} />}>
      <Pairs of={[
        [t`怎么来的`, [wayWord(trial.acquired), trial.acquired_from].filter(Boolean).join(" · ")],
        [t`花了多少`, paidWord(trial)],
        ...(trial.receipt === null ? [] : [[t`小票或约定`, <Picture key="receipt" src={photoUrl(trial.receipt, "thumb")} alt={t`小票或约定`} width={40} ratio={1} onClick={() => trial.receipt !== null && onShow(trial.receipt)} />] as [string, React.ReactNode]]),
        ...(until === null ? [] : [[t`打算用到`, until], [t`多久记一次`, rhythmWord(trial.rhythm)]] as [string, React.ReactNode][]),
        [t`本人照片`, said],
        ...(own.length === taken.length ? [] : [[t`有疑点`, t`${taken.length - own.length} 张，没有算进来`]] as [string, React.ReactNode][]),
        [t`有记录的`, t`${trial.days.filter(says).length} 天，一共 ${nthDay(trial, end)} 天`],
        [t`能写「用了」`, provenDays(trial) ? t`${provenDays(trial)} 天` : t`记一天再说`],
      ]} />
      {trial.acquired !== "bought" && trial.paid === null && <p className={css.law}>{t`不是自购的，写出去要说清楚；付没付钱记上一笔，以后才说得准。`}</p>}
    </Card>
  );
}

/** The verdict, once there is one, and what it was before; it stands under the shortcomings. */
export function VerdictCard({ trial }: { trial: Trial }) {
  const before = useVerdicts(trial.id, trial.updated_at);
  if (!trial.verdict && !before.data?.length) return null;
  return (
    <Card title={t`结论`} note={trial.finished_on ? t`${formatWhen(dayToMs(trial.finished_on))}下的` : undefined} actions={trial.verdict && <Chip tone={verdictTone[trial.verdict]}>{verdictWord(trial.verdict)}</Chip>}>
      <p style={{ whiteSpace: "pre-wrap" }}>{trial.verdict ? trial.verdict_text || t`没写理由。` : t`收回了，还没有新的。`}</p>
      <VerdictHistory edits={before.data ?? []} failed={Boolean(before.error)} />
    </Card>
  );
}
