import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Day as NotedDay, photoUrl, type Rating, type Trial } from "../ipc";
import { Button, dayToMs, Day, formatWhen, Icon, IconButton, Picture, say, TextArea, useDraft } from "../kit";
import type { Changes } from "./api";
import { nthDay } from "./days";
import { Feelings } from "./Feelings";
import css from "./trial.module.css";

type Props = {
  trial: Trial; on: string; day?: NotedDay; today: boolean; changes: Changes; known: readonly string[];
  onPick: (on: string) => void; onFiles: (on: string) => void; onShow: (photo: number) => void;
};

/** One day of a trial: the note that keeps itself, the photos, the feelings. */
export function Entry({ trial, on, day, today, changes, known, onPick, onFiles, onShow }: Props) {
  const [feeling, setFeeling] = useState(false);
  const kept = { text: day?.text ?? "", ratings: day?.ratings ?? [] };
  // Every save that changes a note counts as an edit of it, so a pause in typing must be a real one.
  const draft = useDraft<{ text: string; ratings: Rating[] }>(kept, async (next) => {
    if (next.text.trim() || next.ratings.length > 0) await changes.log({ on, ...next });
  }, 1500);
  // A day that was noted cannot become silent: an emptied note waits for new words, and goes back to the old ones when it is left.
  const write = (text: string) => { const next = { ...draft.value, text }; if (day && !text.trim() && next.ratings.length === 0) draft.hold(next); else draft.set(next); };
  const photos = day?.photos ?? [];
  const used = [...new Set(trial.days.flatMap((one) => one.ratings.map((rating) => rating.scale)))];
  const nth = nthDay(trial, on);
  const full = today || feeling || !day;

  const drop = async (photo: number) => {
    try {
      await changes.dropPhoto(on, photo);
      say.done(t`从第 ${nth} 天拿掉了，照片还在素材里`, () => changes.log({ on, text: "", photos: [photo] }).catch(say.failed));
    } catch (error) {
      say.failed(error);
    }
  };
  const state = { kept: day && day.edits > 0 ? t`改过 ${day.edits} 次，以前写的都留着` : "", waiting: t`还在写`, saving: t`正在记`, failed: t`还没记下，再写一个字就会再试` }[draft.state];
  return (
    <Day name={t`第 ${nth} 天`} date={today ? t`今天` : formatWhen(dayToMs(on))}>
      <div className={`${css.entry} ${today ? css.today : ""}`} data-day={on}>
        <div className={css.text}>
          <TextArea label={t`第 ${nth} 天的记录`} bare value={draft.value.text} rows={today ? 2 : 1} onChange={write} onBlur={() => void draft.flush()}
            placeholder={today ? t`今天用着怎么样，好的坏的都写一句` : t`这天怎么样，补一句`} data-testid={today ? "trial-log-text" : `trial-log-text-${on}`} />
        </div>
        <Feelings ratings={draft.value.ratings} used={used} known={known} onChange={(ratings) => draft.set({ ...draft.value, ratings })} full={full} />
        {(photos.length > 0 || full) && (
          <div className={css.photos}>
            {photos.map((photo, at) => (
              <div key={photo}>
                <Picture src={photoUrl(photo, "thumb")} alt={t`第 ${nth} 天的第 ${at + 1} 张照片`} onClick={() => onShow(photo)} />
                <button type="button" className={css.drop} onClick={() => void drop(photo)} aria-label={t`从这天拿掉第 ${at + 1} 张`}><Icon name="close" size={13} /></button>
              </div>
            ))}
            {full && <button type="button" className={css.add} onClick={() => onPick(on)} data-testid={today ? "trial-photo-pick" : undefined}><Icon name="photo" size={20} />{t`素材里挑`}</button>}
            {full && <button type="button" className={css.add} onClick={() => onFiles(on)} data-testid={today ? "trial-photo-import" : undefined}><Icon name="import" size={20} />{t`电脑里选`}</button>}
          </div>
        )}
        <div className={css.tools} aria-live="polite">
          {feeling && <Button small kind="quiet" onClick={() => setFeeling(false)}>{t`收起`}</Button>}
          {state && <span>{state}</span>}
          {!full && (
            <span className={css.past}>
              <IconButton small icon="photo" label={t`给第 ${nth} 天加照片`} onClick={() => onPick(on)} />
              <IconButton small icon="import" label={t`从电脑里给第 ${nth} 天选照片`} onClick={() => onFiles(on)} />
              <IconButton small icon="star" label={t`给第 ${nth} 天打感受`} onClick={() => setFeeling(true)} />
            </span>
          )}
        </div>
      </div>
    </Day>
  );
}
