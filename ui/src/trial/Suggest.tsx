import { t } from "@lingui/core/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type AcceptedDay, commands, type DaySuggestion, photoUrl, type Trial, unwrap } from "../ipc";
import { Button, dayToMs, formatWhen, Picture, say } from "../kit";
import css from "./trial.module.css";

const most = 8;

/** Photos whose camera says they were taken on a day of this trial; what was refused is remembered on this computer and not asked again. */
export function useSuggested(trial: Trial) {
  const key = `trial.refused.${trial.id}`;
  const [refused, setRefused] = useState<number[]>(() => { try { return JSON.parse(localStorage.getItem(key) ?? "[]") as number[]; } catch { return []; } });
  const found = useQuery({ queryKey: ["photo", "days", trial.id], queryFn: async () => (await unwrap(commands.suggestDays(null))).filter((one) => one.trial === trial.id) });
  const days = (found.data ?? []).flatMap((day): DaySuggestion[] => { const photos = day.photos.filter((id) => !refused.includes(id)); return photos.length > 0 ? [{ ...day, photos }] : []; });
  const keep = (next: number[]) => { setRefused(next); localStorage.setItem(key, JSON.stringify(next)); };
  return { days, refuse: (photos: readonly number[]) => keep([...refused, ...photos]), ask: (photos: readonly number[]) => keep(refused.filter((id) => !photos.includes(id))) };
}

/** Taken in with one press, or refused for good. */
export function Suggest({ trial, suggested: { days, refuse: forget, ask } }: { trial: Trial; suggested: ReturnType<typeof useSuggested> }) {
  const [all, setAll] = useState(false);
  const accept = useMutation({ mutationFn: (day: AcceptedDay) => unwrap(commands.acceptDays([day])) });
  const refuse = (day: DaySuggestion) => {
    forget(day.photos);
    say.done(t`这 ${day.photos.length} 张不再提了`, () => ask(day.photos));
  };
  const take = ({ on, nth, photos }: DaySuggestion) => accept.mutateAsync({ trial: trial.id, on, photos }).then(() => say.done(t`${photos.length} 张收进了第 ${nth} 天`)).catch(say.failed);
  if (days.length === 0) return null;
  return (
    <section className={`card ${css.suggest}`} aria-label={t`像是这次试用拍的照片`}>
      {(all ? days : days.slice(0, 2)).map((day) => (
        <div key={day.on}>
          <p>{day.why === "trial" ? t`这 ${day.photos.length} 张是第 ${day.nth} 天（${formatWhen(dayToMs(day.on))}）拍的：收进来？` : t`这 ${day.photos.length} 张像是第 ${day.nth} 天（${formatWhen(dayToMs(day.on))}）拍的：收进来？`}</p>
          <div className={css.strip}>
            {day.photos.slice(0, most).map((id) => <span key={id}><Picture src={photoUrl(id, "thumb")} alt={t`不是这次试用的，去掉这张`} width={64} ratio={1} onClick={() => forget([id])} /></span>)}
            {day.photos.length > most && <small>{t`还有 ${day.photos.length - most} 张`}</small>}
            <span className="push row"><Button small kind="quiet" onClick={() => refuse(day)}>{t`都不是`}</Button><Button small kind="go" busy={accept.isPending} onClick={() => void take(day)} data-testid={`trial-take-${day.on}`}>{t`收进来`}</Button></span>
          </div>
        </div>
      ))}
      {!all && days.length > 2 && <Button small kind="quiet" onClick={() => setAll(true)}>{t`还有 ${days.length - 2} 天有这样的照片`}</Button>}
    </section>
  );
}
