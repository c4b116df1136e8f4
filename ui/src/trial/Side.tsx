import { t } from "@lingui/core/macro";
import { lazy, Suspense, useState } from "react";
import type { Photo, Trial } from "../ipc";
import { Card, Chip, dayToMs, formatWhen, IconButton, Lines, Pairs, say, TextField } from "../kit";
import type { Changes } from "./api";
import { lastDay, nthDay, provenDays, says } from "./days";
import { verdictTone, verdictWord, wayWord } from "./words";

const Curve = lazy(() => import("./Curve"));

/** The curve of feelings; the chart itself is loaded when there is one to draw. */
export function CurveCard({ trial }: { trial: Trial }) {
  const rated = trial.days.filter((day) => day.ratings.length > 0).length;
  return (
    <Card title={t`感受曲线`}>
      {rated > 1 ? <Suspense fallback={<div style={{ height: 160 }} />}><Curve trial={trial} /></Suspense> : <p className="muted">{t`给两天打过分就有曲线。打什么分、叫什么，都由你定。`}</p>}
    </Card>
  );
}

/** Shortcomings, said before anything else. How many days mention one is counted from the notes themselves. */
export function Shortcomings({ trial, changes }: { trial: Trial; changes: Changes }) {
  const [text, setText] = useState("");
  const add = async () => {
    const said = text.trim();
    if (!said) return;
    try { await changes.admit(said); setText(""); } catch (error) { say.failed(error); }
  };
  const take = async (said: string) => {
    try { await changes.takeBack(said); say.done(t`拿掉了「${said}」`, () => changes.admit(said).catch(say.failed)); } catch (error) { say.failed(error); }
  };
  const mentioned = (said: string) => trial.days.filter((day) => day.text.includes(said)).length;
  return (
    <Card title={t`缺点，先说在前面`}>
      {trial.shortcomings.length === 0 && <p className="muted" style={{ marginBottom: 8 }}>{t`还没写。没有缺点的推荐，没人信。`}</p>}
      <Lines of={trial.shortcomings.map((said) => {
        const days = mentioned(said);
        return { key: said, body: said, end: <span className="row" style={{ gap: 4, flexWrap: "nowrap" }}>{days > 0 && t`${days} 天提到`}<IconButton small icon="close" label={t`拿掉「${said}」`} onClick={() => void take(said)} /></span> };
      })} />
      <TextField label={t`加一条缺点`} bare value={text} onChange={setText} onEnter={() => void add()} onBlur={() => void add()} placeholder={t`哪儿不好，写一句，回车`} data-testid="trial-shortcoming" />
    </Card>
  );
}

/** What the trial proves: own photos within it, days on record, how long may be said. */
export function Proof({ trial, photos, today }: { trial: Trial; photos: ReadonlyMap<number, Photo>; today: string }) {
  const own = [...new Set(trial.days.flatMap((day) => day.photos))].flatMap((id) => { const photo = photos.get(id); return photo?.source === "own" ? [photo] : []; });
  const end = lastDay(trial, today);
  const inside = own.filter((photo) => photo.taken_at && photo.taken_at.slice(0, 10) >= trial.started_on && photo.taken_at.slice(0, 10) <= end).length;
  const said = own.length === 0 ? t`还没有` : inside === own.length ? t`${own.length} 张，都拍在试用期内` : t`${own.length} 张，${inside} 张拍在试用期内`;
  return (
    <Card>
      <Pairs of={[
        [t`怎么来的`, wayWord(trial.acquired)],
        [t`本人照片`, said],
        [t`有记录的`, t`${trial.days.filter(says).length} 天，一共 ${nthDay(trial, end)} 天`],
        [t`能写「用了」`, provenDays(trial) ? t`${provenDays(trial)} 天` : t`记一天再说`],
      ]} />
    </Card>
  );
}

/** The verdict, once there is one. */
export function VerdictCard({ trial }: { trial: Trial }) {
  if (!trial.verdict) return null;
  return (
    <Card title={t`结论`} note={trial.finished_on ? t`${formatWhen(dayToMs(trial.finished_on))}下的` : undefined} actions={<Chip tone={verdictTone[trial.verdict]}>{verdictWord(trial.verdict)}</Chip>}>
      <p style={{ whiteSpace: "pre-wrap" }}>{trial.verdict_text || t`没写理由。`}</p>
    </Card>
  );
}
