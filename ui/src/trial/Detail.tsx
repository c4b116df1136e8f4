import { t } from "@lingui/core/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { commands, type Imported, type Photo, photoUrl, toCoreError, type Trial, unwrap } from "../ipc";
import { Button, Card, DateField, Day, dayToMs, EmptyState, formatWhen, Loaded, Missing, Modal, msToDay, Page, say, Timeline } from "../kit";
import { addToTrial } from "../photo/api";
import { useImporter } from "../photo/Importer";
import { PhotoPicker } from "../photo/PhotoPicker";
import { useTrial, useTrialChanges, useTrialPhotos, useTrials } from "./api";
import { Compare } from "./Compare";
import { inWords, lastDay, nthDay, stretches } from "./days";
import { Entry } from "./Entry";
import { Finish } from "./Finish";
import { CurveCard, Proof, Shortcomings, VerdictCard } from "./Side";
import css from "./trial.module.css";
import { wayWord } from "./words";

/** One trial, day by day. */
export default function TrialDetail() {
  const id = Number(useParams({ strict: false }).id);
  const go = useNavigate();
  const back = () => void go({ to: "/trial" });
  const trial = useTrial(id);
  if (trial.error && toCoreError(trial.error).code === "not_found") {
    return <Page title={t`试用`} onBack={back}><EmptyState drawing="knot" title={t`找不到这一页`} actions={<Button onClick={back}>{t`回到列表`}</Button>}>{t`它可能已经删掉了。`}</EmptyState></Page>;
  }
  if (!trial.data) return <Page title={t`试用`} onBack={back}><Loaded query={trial} shape="page">{() => null}</Loaded></Page>;
  return <Opened key={id} trial={trial.data} onBack={back} />;
}

function Opened({ trial, onBack }: { trial: Trial; onBack: () => void }) {
  const go = useNavigate();
  const today = msToDay(Date.now());
  const changes = useTrialChanges(trial.id);
  const listed = useTrialPhotos(trial.id).data;
  const photos = useMemo(() => new Map((listed ?? []).map((photo) => [photo.id, photo])), [listed]);
  const others = useTrials().data ?? [];
  const known = useMemo(() => [...new Set(others.flatMap((one) => one.days.flatMap((day) => day.ratings.map((rating) => rating.scale))))], [others]);
  const [filling, setFilling] = useState<string[]>([]);
  const [gap, setGap] = useState<{ from: string; to: string }>();
  const [picking, setPicking] = useState<string>();
  const [large, setLarge] = useState<number>();
  const [finishing, setFinishing] = useState(false);
  const [writing, setWriting] = useState(false);
  const target = useRef<string>(undefined);

  /** Adds photos to a day; what is written there stays as it is. */
  const add = (on: string, ids: number[]) => changes.log({ on, text: "", photos: ids });
  const taken = async (ids: number[], result: Imported) => {
    const on = target.current;
    target.current = undefined;
    if (ids.length === 0) return;
    if (on) return void (await add(on, ids));
    // Dropped beside the days: each photo proves the day it was taken on.
    const before: Photo[] = await Promise.all(result.duplicates.map((one) => unwrap(commands.getPhoto(one.id))));
    await addToTrial(trial, [...result.imported, ...before], today);
  };
  const about = useMemo(() => ({ trial: trial.id, product: trial.product, source: "own" as const }), [trial.id, trial.product]);
  const importer = useImporter({
    with: about, where: t`放在哪天上就归哪天；放在旁边，按拍摄的日子归`, onImported: taken,
    aim: (x, y) => { target.current = document.elementFromPoint(x, y)?.closest("li")?.querySelector<HTMLElement>("[data-day]")?.dataset.day; },
  });

  const write = async () => {
    setWriting(true);
    try {
      const own = trial.days.flatMap((day) => day.photos).filter((id) => photos.get(id)?.source !== "brand");
      const post = await unwrap(commands.createPost({ products: [trial.product], photos: [...new Set(own)].slice(-9) }));
      void go({ to: "/post/$id", params: { id: String(post.id) } });
    } catch (error) {
      say.failed(error);
    } finally {
      setWriting(false);
    }
  };
  const fill = (on: string) => { setFilling((was) => [...was, on]); setGap(undefined); };
  const length = nthDay(trial, lastDay(trial, today));
  return (
    <Page title={trial.product_name} onBack={onBack} sub={t`试用 ${length} 天 · ${formatWhen(dayToMs(trial.started_on))}开始 · ${wayWord(trial.acquired)}`} actions={<>
      <Button icon="product" onClick={() => void go({ to: "/product/$id", params: { id: String(trial.product) } })}>{t`看好物`}</Button>
      <Button icon="check" onClick={() => setFinishing(true)} data-testid="trial-finish">{trial.verdict ? t`改结论` : t`下结论`}</Button>
      <Button kind="go" icon="edit" busy={writing} onClick={() => void write()}>{t`写成内容`}</Button>
    </>}>
      <div className={css.columns}>
        <Card className={css.timeline}>
          <Timeline label={t`每天的记录，新的在前`}>
            {stretches(trial, today, filling).map((one) => one.kind === "day"
              ? <Entry key={one.on} trial={trial} on={one.on} day={one.day} today={one.on === today && !trial.finished_on} changes={changes} known={known} onPick={setPicking} onFiles={(on) => { target.current = on; importer.fromFiles(); }} onShow={setLarge} />
              : <Day key={one.from} gap name={one.count === 1 ? t`第 ${nthDay(trial, one.from)} 天` : t`第 ${nthDay(trial, one.from)}–${nthDay(trial, one.to)} 天`}>
                  <Missing action={<Button small onClick={() => (one.count === 1 ? fill(one.from) : setGap(one))}>{t`补记`}</Button>}>{one.count > 2 ? t`${inWords(one.count)}天没有记录。补一句，或放一张照片，证据就接上了。` : t`${inWords(one.count)}天没有记录。`}</Missing>
                </Day>)}
          </Timeline>
        </Card>
        <div className="pile">
          <VerdictCard trial={trial} />
          <Compare trial={trial} photos={photos} />
          <CurveCard trial={trial} />
          <Shortcomings trial={trial} changes={changes} />
          <Proof trial={trial} photos={photos} today={today} />
        </div>
      </div>
      <Late gap={gap} onClose={() => setGap(undefined)} onYes={fill} />
      <Finish trial={trial} changes={changes} open={finishing} onClose={() => setFinishing(false)} />
      <PhotoPicker open={picking !== undefined} onClose={() => setPicking(undefined)} title={t`挑照片，放进第 ${picking ? nthDay(trial, picking) : 0} 天`} yes={t`放进这天`} product={trial.product}
        except={trial.days.find((day) => day.on === picking)?.photos} onYes={(ids) => { if (picking) void add(picking, ids).catch(say.failed); }} />
      <Modal open={large !== undefined} onClose={() => setLarge(undefined)} title={t`照片`} size="min(1100px, 94vw)">
        {large !== undefined && <img src={photoUrl(large, "preview")} alt={photos.get(large)?.caption ?? ""} style={{ display: "block", width: "100%", height: "76vh", objectFit: "contain" }} />}
      </Modal>
      {importer.parts}
    </Page>
  );
}

/** Asks which day of a gap is to be noted after all. */
function Late({ gap, onClose, onYes }: { gap: { from: string; to: string } | undefined; onClose: () => void; onYes: (on: string) => void }) {
  const [day, setDay] = useState<string | null>(null);
  const on = day && gap && day >= gap.from && day <= gap.to ? day : gap?.to;
  return (
    <Modal open={gap !== undefined} onClose={onClose} title={t`补记哪一天`} size={380} actions={<Button kind="go" onClick={() => on && onYes(on)}>{t`写这一天`}</Button>}>
      <DateField label={t`日子`} note={t`补记的也会留着是哪天补的`} value={on ?? null} min={gap?.from} max={gap?.to} onChange={setDay} autoFocus />
    </Modal>
  );
}
