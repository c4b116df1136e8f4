import { t } from "@lingui/core/macro";
import { useState } from "react";
import { useOpenComposition } from "../composition/open";
import { type Photo, photoUrl, type Trial } from "../ipc";
import { Button, Card, Modal, Picture, say, Segmented, useKeys } from "../kit";
import { usePhoto } from "../photo/api";
import { type View, whole, Zoom } from "../photo/Zoom";
import type { Changes } from "./api";
import { nthDay } from "./days";
import css from "./trial.module.css";
import { takenWord } from "./words";

type Shot = { id: number; on: string };
type Side = "before" | "after";

/** The first and the latest day side by side; either can be another photo of the trial. */
export function Compare({ trial, photos, changes, large, onLarge }: { trial: Trial; photos: ReadonlyMap<number, Photo>; changes: Changes; large: boolean; onLarge: (on: boolean) => void }) {
  const compose = useOpenComposition();
  const shots: Shot[] = trial.days.flatMap((day) => day.photos.map((id) => ({ id, on: day.on })));
  const [asking, setAsking] = useState<Side>();
  const lastDay = shots.at(-1)?.on;
  const find = (id: number | null) => shots.find((shot) => shot.id === id);
  const before = find(trial.before) ?? shots[0];
  // Never the same photo twice: compared with itself nothing has changed. The latest day first, then whatever else there is.
  const other = (shot: Shot) => shot.id !== before?.id;
  const after = [find(trial.after), ...shots.filter((shot) => shot.on === lastDay), ...shots.toReversed()].find((shot) => shot !== undefined && other(shot));
  const name = (shot: Shot) => t`第 ${nthDay(trial, shot.on)} 天`;
  const choose = (id: number) => {
    if (!asking || !before || !after) return;
    // The one that stands on the other side comes over, and what was here goes there.
    const swap = asking === "before" ? id === after.id : id === before.id;
    void changes.edit(swap ? { before: after.id, after: before.id } : { [asking]: id }).catch(say.failed);
    setAsking(undefined);
  };
  const here = asking === "before" ? before : after;
  const there = asking === "before" ? after : before;
  if (!before || !after) {
    return <Card title={t`前后对比`}><p className="muted">{t`有两张照片就能比：同一处、同一时间、同样的光最好看出变化。`}</p></Card>;
  }
  const side = (shot: Shot, which: Side, label: string) => (
    <figure>
      <Picture src={photoUrl(shot.id, "thumb")} alt={label} marks={[{ text: name(shot) }]} focus={focusOf(photos.get(shot.id))} onClick={() => setAsking(which)} />
      <figcaption>{takenWord(photos.get(shot.id))}</figcaption>
    </figure>
  );
  return (
    <Card title={t`前后对比`} actions={<><Button small icon="grid" onClick={() => compose([before.id, after.id], "pair")} data-testid="trial-compose">{t`做成前后图`}</Button><Button small icon="eye" onClick={() => onLarge(true)}>{t`放大比`}</Button></>}>
      <div className={css.pair}>{side(before, "before", t`换一张之前的`)}{side(after, "after", t`换一张之后的`)}</div>
      <p className={css.hint}>{t`点照片换一张`}</p>
      <Modal open={asking !== undefined} onClose={() => setAsking(undefined)} title={asking === "before" ? t`之前的用哪张` : t`之后的用哪张`} size={760}>
        <div className={css.grid}>{shots.map((shot) => <Picture key={`${shot.on}-${shot.id}`} src={photoUrl(shot.id, "thumb")} alt={name(shot)} picked={shot.id === here?.id} marks={[{ text: name(shot) }, ...(shot.id === there?.id ? [{ text: t`在另一边，点它就对调`, tone: "amber" as const }] : [])]} focus={focusOf(photos.get(shot.id))} onClick={() => choose(shot.id)} />)}</div>
      </Modal>
      <Modal open={large} onClose={() => onLarge(false)} title={t`前后对比`} size="min(1400px, 95vw)">
        <Both before={before} after={after} name={name} />
      </Modal>
    </Card>
  );
}

/** Both at once: what is looked into in one is looked into in the other; or one over the other, with a slide between them. */
function Both({ before, after, name }: { before: Shot; after: Shot; name: (shot: Shot) => string }) {
  const [way, setWay] = useState<"beside" | "over">("beside");
  const [share, setShare] = useState(50);
  const [view, setView] = useState<View>(whole);
  const left = usePhoto(before.id).data ?? undefined;
  const right = usePhoto(after.id).data ?? undefined;
  const words = (shot: Shot, photo: Photo | undefined) => <><b>{name(shot)}</b> {takenWord(photo)}</>;
  const slide = (by: number) => setShare((was) => Math.min(100, Math.max(0, was + by)));
  useKeys("ArrowLeft", () => slide(-5), way === "over");
  useKeys("ArrowRight", () => slide(5), way === "over");
  const pane = (photo: Photo | undefined) => <div>{photo && <Zoom photo={photo} view={view} onView={setView} />}</div>;
  return (
    <>
      <div className={css.bigHead}><span>{words(before, left)}</span><Segmented label={t`怎么比`} value={way} onChange={setWay} options={[{ value: "beside", label: t`并排` }, { value: "over", label: t`拉着看` }]} /><span>{words(after, right)}</span></div>
      {way === "beside"
        ? <div className={css.big}>{pane(left)}{pane(right)}</div>
        : <div className={css.over}>
            {pane(right)}
            <div className={css.upper} style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}>{left && <Zoom photo={left} view={view} onView={setView} />}</div>
            <i style={{ left: `${share}%` }} />
            <input type="range" min={0} max={100} value={share} onChange={(event) => setShare(Number(event.currentTarget.value))} aria-label={t`左边看之前，右边看之后`} />
          </div>}
      <p className={css.hint}>{t`滚轮放大，按住拖动，两张一起走。`}</p>
    </>
  );
}

const focusOf = (photo: Photo | undefined) => photo && { x: photo.focus_x ?? 0.5, y: photo.focus_y ?? 0.5 };
