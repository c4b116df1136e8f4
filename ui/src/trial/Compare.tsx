import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Photo, photoUrl, type Trial } from "../ipc";
import { Button, Card, formatWhen, Modal, Picture } from "../kit";
import { nthDay } from "./days";
import css from "./trial.module.css";

type Shot = { id: number; on: string };
type Side = "before" | "after";

/** The first and the latest day side by side; either can be another photo of the trial. What is chosen stays chosen on this computer. */
export function Compare({ trial, photos }: { trial: Trial; photos: ReadonlyMap<number, Photo> }) {
  const shots: Shot[] = trial.days.flatMap((day) => day.photos.map((id) => ({ id, on: day.on })));
  const key = `trial.compare.${trial.id}`;
  const [chosen, setChosen] = useState<{ before?: number; after?: number }>(() => { try { return JSON.parse(localStorage.getItem(key) ?? "{}") as object; } catch { return {}; } });
  const [asking, setAsking] = useState<Side>();
  const [large, setLarge] = useState(false);
  const lastDay = shots.at(-1)?.on;
  const find = (id: number | undefined) => shots.find((shot) => shot.id === id);
  const before = find(chosen.before) ?? shots[0];
  const after = find(chosen.after) ?? shots.find((shot) => shot.on === lastDay);
  const name = (shot: Shot) => {
    const taken = photos.get(shot.id)?.taken_at;
    return `${t`第 ${nthDay(trial, shot.on)} 天`}${taken ? ` ${formatWhen(Date.parse(taken), "time")}` : ""}`;
  };
  const choose = (id: number) => {
    if (!asking) return;
    const next = { ...chosen, [asking]: id };
    setChosen(next);
    localStorage.setItem(key, JSON.stringify(next));
    setAsking(undefined);
  };
  if (!before || !after || shots.length < 2) {
    return <Card title={t`前后对比`}><p className="muted">{t`有两张照片就能比：同一处、同一时间、同样的光最好看出变化。`}</p></Card>;
  }
  const side = (shot: Shot, which: Side, label: string) => (
    <Picture src={photoUrl(shot.id, "thumb")} alt={label} marks={[{ text: name(shot) }]} focus={focusOf(photos.get(shot.id))} onClick={() => setAsking(which)} />
  );
  return (
    <Card title={t`前后对比`} note={t`点照片换一张`} actions={<Button small icon="eye" onClick={() => setLarge(true)}>{t`放大比`}</Button>}>
      <div className={css.pair}>{side(before, "before", t`换一张之前的`)}{side(after, "after", t`换一张之后的`)}</div>
      <Modal open={asking !== undefined} onClose={() => setAsking(undefined)} title={asking === "before" ? t`之前的用哪张` : t`之后的用哪张`} size={760}>
        <div className={css.grid}>{shots.map((shot) => <Picture key={`${shot.on}-${shot.id}`} src={photoUrl(shot.id, "thumb")} alt={name(shot)} marks={[{ text: name(shot) }]} focus={focusOf(photos.get(shot.id))} onClick={() => choose(shot.id)} />)}</div>
      </Modal>
      <Modal open={large} onClose={() => setLarge(false)} title={t`前后对比`} size="min(1400px, 95vw)">
        <div className={css.big}>{[before, after].map((shot, nth) => <figure key={nth}><img src={photoUrl(shot.id, "preview")} alt={name(shot)} /><figcaption className="muted">{name(shot)}</figcaption></figure>)}</div>
      </Modal>
    </Card>
  );
}

const focusOf = (photo: Photo | undefined) => photo && { x: photo.focus_x ?? 0.5, y: photo.focus_y ?? 0.5 };
