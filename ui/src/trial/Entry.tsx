import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Day as NotedDay, type Photo, type Rating, type Trial } from "../ipc";
import { Button, Chip, contextMenu, dayToMs, Day, formatWhen, IconButton, Kbd, say, TextArea, useDraft } from "../kit";
import type { Changes } from "./api";
import { useSpot } from "./Carry";
import { nthDay, says } from "./days";
import { Feelings } from "./Feelings";
import { History } from "./History";
import { Pictures } from "./Pictures";
import css from "./trial.module.css";

export type EntryProps = {
  trial: Trial; on: string; day?: NotedDay; photos: ReadonlyMap<number, Photo>; changes: Changes; known: readonly string[];
  onPick: (on: string) => void; onFiles: (on: string) => void; onShow: (photo: number) => void; onMove: (from: string, photo: number) => void;
  /** A photo was taken off its day by hand: it is not to be suggested for it again. */
  onOff: (photo: number) => void;
};

type Note = { text: string; ratings: Rating[] };

/** The note of one day that keeps itself, with its feelings. */
function useNote({ trial, on, day, changes }: Pick<EntryProps, "trial" | "on" | "day" | "changes">) {
  const kept = { text: day?.text ?? "", ratings: day?.ratings ?? [] };
  const silent = (next: Note) => !next.text.trim() && next.ratings.length === 0 && !day?.photos.length;
  const draft = useDraft<Note>(kept, async (next) => { if (!silent(next)) await changes.log({ on, ...next }); }, 1500);
  // A day that was noted cannot become silent: where no photo speaks for it, an emptied note waits for new words, and goes back to the old ones when it is left.
  const put = (next: Note) => (day && silent(next) ? draft.hold(next) : draft.set(next));
  const choose = (scale: string) => void changes.edit({ scales: [...trial.scales, scale] }).catch(say.failed);
  const state = day && says(day) && silent(draft.value) ? t`全空着记不下，原来的还留着` : { kept: "", waiting: t`还在写`, saving: t`正在记`, failed: t`还没记下，再写一个字就会再试` }[draft.state];
  return { draft, choose, state, write: (text: string) => put({ ...draft.value, text }), rate: (ratings: Rating[]) => put({ ...draft.value, ratings }) };
}

function usePhotoMenu({ on, day, changes, nth, onShow, onMove, onOff }: Pick<EntryProps, "on" | "day" | "changes" | "onShow" | "onMove" | "onOff"> & { nth: number }) {
  const drop = async (photo: number) => {
    const at = day?.photos.indexOf(photo) ?? null;
    try {
      await changes.movePhoto(photo, on, null);
      onOff(photo);
      say.done(t`从第 ${nth} 天拿掉了，照片还在这次试用里`, () => changes.movePhoto(photo, null, on, at));
    } catch (error) {
      say.failed(error);
    }
  };
  return (photo: number) => [
    { label: t`放大看`, icon: "eye" as const, onClick: () => onShow(photo) },
    { label: t`移到别的日子`, icon: "undo" as const, onClick: () => onMove(on, photo) },
    { label: t`从这天拿掉`, icon: "close" as const, onClick: () => void drop(photo) },
  ];
}

/** Today, at the top of the page: words, photos and feelings without opening anything. */
export function TodayEntry(props: EntryProps) {
  const { trial, on, day, photos, known, onPick, onFiles, onShow } = props;
  const { draft, write, choose, state, rate } = useNote(props);
  const spot = useSpot({ on });
  const nth = nthDay(trial, on);
  const menu = usePhotoMenu({ ...props, nth });
  return (
    <section className={`card ${css.now}`} data-day={on} aria-label={t`今天`} {...spot} {...contextMenu(t`第 ${nth} 天`, () => [
      { label: t`给第 ${nth} 天加照片`, icon: "photo", onClick: () => onPick(on) },
      { label: t`从电脑里给第 ${nth} 天选照片`, icon: "import", onClick: () => onFiles(on) },
    ])}>
      <header><b>{t`今天 · 第 ${nth} 天`}</b><small aria-live="polite">{state || (day ? t`记下了` : t`还没记`)}</small>{day && day.edits > 0 && <History trial={trial.id} day={day} nth={nth} />}<Kbd keys="N" /></header>
      <TextArea label={t`第 ${nth} 天的记录`} bare value={draft.value.text} rows={2} onChange={write} onBlur={() => void draft.flush()} placeholder={t`今天用着怎么样，好的坏的都写一句`} data-testid="trial-log-text" />
      <Feelings ratings={draft.value.ratings} used={trial.scales} known={known} onChange={rate} onNew={choose} full />
      <Pictures on={on} ids={day?.photos ?? []} photos={photos} nth={nth} onShow={onShow} entries={menu} />
      <footer>
        <Button small icon="import" onClick={() => onFiles(on)} data-testid="trial-photo-import">{t`电脑里选`}</Button>
        <Button small icon="photo" onClick={() => onPick(on)} data-testid="trial-photo-pick">{t`素材里挑`}</Button>
        <small>{t`照片也可以直接拖到这里，或从别的日子拖过来`}</small>
      </footer>
    </section>
  );
}

/** A day that is past: what was said, felt and photographed, and when that was really written. */
export function Entry(props: EntryProps) {
  const { trial, on, day, photos, known, onPick, onFiles, onShow } = props;
  const [feeling, setFeeling] = useState(false);
  const { draft, write, choose, state, rate } = useNote(props);
  const spot = useSpot({ on });
  const nth = nthDay(trial, on);
  const menu = usePhotoMenu({ ...props, nth });
  const full = feeling || !day;
  return (
    <Day name={t`第 ${nth} 天`} date={formatWhen(dayToMs(on))}>
      <article className={css.entry} data-day={on} {...spot} {...contextMenu(t`第 ${nth} 天`, () => [
        { label: t`给第 ${nth} 天加照片`, icon: "photo", onClick: () => onPick(on) },
        { label: t`从电脑里给第 ${nth} 天选照片`, icon: "import", onClick: () => onFiles(on) },
        ...(full ? [] : [{ label: t`给第 ${nth} 天打感受`, icon: "star" as const, onClick: () => setFeeling(true) }]),
      ])}>
        <div className={css.text}>
          <TextArea label={t`第 ${nth} 天的记录`} bare value={draft.value.text} rows={1} maxRows={40} onChange={write} onBlur={() => void draft.flush()} placeholder={t`这天怎么样，补一句`} data-testid={`trial-log-text-${on}`} />
        </div>
        <Feelings ratings={draft.value.ratings} used={trial.scales} known={known} onChange={rate} onNew={choose} full={full} />
        <Pictures on={on} ids={day?.photos ?? []} photos={photos} nth={nth} onShow={onShow} entries={menu} />
        <div className={css.tools} aria-live="polite">
          {day?.late && <Chip tone="amber" icon="clock" title={t`补记的日子照实写着是哪天补的`}>{t`${formatWhen(Date.parse(day.written_at), "full")} 补记`}</Chip>}
          {day && day.edits > 0 && <History trial={trial.id} day={day} nth={nth} />}
          {state && <span>{state}</span>}
          {feeling && <Button small kind="quiet" onClick={() => setFeeling(false)}>{t`收起`}</Button>}
          <span className={day ? css.past : ""}>
            <IconButton small icon="photo" label={t`给第 ${nth} 天加照片`} onClick={() => onPick(on)} />
            <IconButton small icon="import" label={t`从电脑里给第 ${nth} 天选照片`} onClick={() => onFiles(on)} />
            {!full && <IconButton small icon="star" label={t`给第 ${nth} 天打感受`} onClick={() => setFeeling(true)} />}
          </span>
        </div>
      </article>
    </Day>
  );
}
