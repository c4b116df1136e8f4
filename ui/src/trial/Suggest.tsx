import { t } from "@lingui/core/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type AcceptedDay, commands, type DaySuggestion, heard, photoUrl, type Trial, unwrap } from "../ipc";
import { Button, dayToMs, formatWhen, IconButton, Picture, say } from "../kit";
import { photosOf, takeOffTrial } from "../photo/api";
import css from "./trial.module.css";

const most = 8;

/** Photos whose camera says they were taken on a day of this trial; what was refused is not asked again. */
export function useSuggested(trial: Trial) {
  const days = useQuery({ queryKey: ["photo", "days", trial.id], meta: heard.suggestDays, queryFn: async () => (await unwrap(commands.suggestDays(null))).filter((one) => one.trial === trial.id) }).data ?? [];
  const keep = (photos: readonly number[], no: boolean) => unwrap(commands.refuseTrialPhotos(trial.id, [...photos], no));
  return { days, refuse: (photos: readonly number[]) => keep(photos, true), ask: (photos: readonly number[]) => keep(photos, false) };
}

/** Taken in with one press, or refused, all of a day or one of them; either can be taken back. */
export function Suggest({ trial, suggested: { days, refuse, ask }, onShow }: { trial: Trial; suggested: ReturnType<typeof useSuggested>; onShow: (photo: number) => void }) {
  const [all, setAll] = useState(false);
  const accept = useMutation({ mutationFn: async (day: AcceptedDay) => ({ before: await photosOf(day.photos), after: (await unwrap(commands.acceptDays([day])))[0] }) });
  const forget = async (photos: readonly number[], said: string) => {
    try {
      await refuse(photos);
      say.done(said, () => ask(photos));
    } catch (error) {
      say.failed(error);
    }
  };
  const take = async ({ on, nth, photos }: DaySuggestion) => {
    try {
      const { before, after } = await accept.mutateAsync({ trial: trial.id, on, photos });
      say.done(t`${photos.length} 张收进了第 ${nth} 天`, after && (() => takeOffTrial(trial, after, before)));
    } catch (error) {
      say.failed(error);
    }
  };
  if (days.length === 0) return null;
  return (
    <section className={`card ${css.suggest}`} aria-label={t`像是这次试用拍的照片`}>
      {(all ? days : days.slice(0, 2)).map((day) => (
        <div key={day.on}>
          <p>{day.why === "trial" ? t`这 ${day.photos.length} 张是第 ${day.nth} 天（${formatWhen(dayToMs(day.on))}）拍的：收进来？` : t`这 ${day.photos.length} 张像是第 ${day.nth} 天（${formatWhen(dayToMs(day.on))}）拍的：收进来？`}</p>
          <div className={css.strip}>
            {day.photos.slice(0, most).map((id) => (
              <span key={id} className={css.offered}>
                <Picture src={photoUrl(id, "thumb")} alt={t`放大看照片 ${id}`} width={64} ratio={1} onClick={() => onShow(id)} />
                <span className={css.more}><IconButton small icon="close" label={t`照片 ${id} 不是这次试用的，去掉这张`} onClick={() => void forget([id], t`这张不再提了`)} /></span>
              </span>
            ))}
            {day.photos.length > most && <small>{t`还有 ${day.photos.length - most} 张`}</small>}
            <span className="push row"><Button small kind="quiet" onClick={() => void forget(day.photos, t`这 ${day.photos.length} 张不再提了`)}>{t`都不是`}</Button><Button small kind="go" busy={accept.isPending} onClick={() => void take(day)} data-testid={`trial-take-${day.on}`}>{t`收进来`}</Button></span>
          </div>
        </div>
      ))}
      {!all && days.length > 2 && <Button small kind="quiet" onClick={() => setAll(true)}>{t`还有 ${days.length - 2} 天有这样的照片`}</Button>}
    </section>
  );
}
