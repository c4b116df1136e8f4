import { t } from "@lingui/core/macro";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { commands, type Imported, type Photo, photoUrl, pickFiles, pictures, toCoreError, type Trial, unwrap } from "../ipc";
import { Button, Card, Confirm, DateField, Day, dayToMs, EmptyState, formatWhen, IconButton, Loaded, Menu, type MenuEntry, Missing, Modal, msToDay, Page, say, spotOf, Timeline, useAsked, useKeys } from "../kit";
import { addToTrial, useEditPhotos, usePhoto } from "../photo/api";
import { Clip } from "../photo/Clip";
import { useImporter } from "../photo/Importer";
import { usePaste } from "../photo/paste";
import { PhotoPicker } from "../photo/PhotoPicker";
import { useScales, useTrial, useTrialChanges, useTrialPhotos, useUndated } from "./api";
import { Carry, Undated, useSpot } from "./Carry";
import { Compare } from "./Compare";
import { inWords, lastDay, nthDay, stretches } from "./days";
import { EditTrial } from "./EditTrial";
import { Entry, TodayEntry } from "./Entry";
import { useEvidence } from "./Evidence";
import { Finish } from "./Finish";
import { Flaws } from "./Flaws";
import { Suggest, useSuggested } from "./Suggest";
import { CurveCard, Facts, VerdictCard } from "./Side";
import css from "./trial.module.css";
import { takenWord, wayWord } from "./words";

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

/** Brings the day whose note holds the words into view, the words selected. */
function seek(trial: Trial, words: string) {
  const day = trial.days.find((one) => spotOf(one.text, words));
  const spot = day && spotOf(day.text, words);
  if (!spot) return;
  setTimeout(() => {
    const field = document.querySelector<HTMLTextAreaElement>(`[data-day="${day.on}"] textarea`);
    field?.closest("[data-day]")?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
    field?.setSelectionRange(spot.at, spot.at + spot.length);
  }, 60);
}

function Opened({ trial, onBack }: { trial: Trial; onBack: () => void }) {
  const go = useNavigate();
  const today = msToDay(Date.now());
  const changes = useTrialChanges(trial.id);
  const listed = useTrialPhotos(trial).data;
  const photos = useMemo(() => new Map((listed ?? []).map((photo) => [photo.id, photo])), [listed]);
  const known = useScales(trial.product).data ?? [];
  const [filling, setFilling] = useState<string[]>([]);
  const [gap, setGap] = useState<{ from: string; to: string }>();
  const [picking, setPicking] = useState<string>();
  const [moving, setMoving] = useState<Moving>();
  const [large, setLarge] = useState<number>();
  const [sheet, setSheet] = useState<"finish" | "edit" | "remove" | "compare">();
  const [writing, setWriting] = useState(false);
  const evidence = useEvidence(trial);
  const suggested = useSuggested(trial);
  // What is asked about above does not wait here as well.
  const offered = new Set(suggested.days.flatMap((day) => day.photos));
  const undated = useUndated(trial).filter((photo) => !offered.has(photo.id));

  const fill = (on: string) => { setFilling((was) => [...was, on]); setGap(undefined); setTimeout(() => document.querySelector<HTMLElement>(`[data-day="${on}"] textarea`)?.focus(), 60); };
  const asked = useSearch({ strict: false }) as { late?: string; find?: string };
  useAsked("find", () => seek(trial, String(asked.find)));
  useAsked("late", () => { if (asked.late && asked.late >= trial.started_on && asked.late < today) fill(asked.late); });
  useAsked("finish", () => setSheet("finish"));
  const free = sheet === undefined && large === undefined && picking === undefined && moving === undefined && gap === undefined;
  const focus = (name: string) => document.querySelector<HTMLElement>(`[data-testid="${name}"]`)?.focus();
  useKeys("n", () => focus("trial-log-text"), free);
  useKeys("q", () => focus("trial-shortcoming"), free);
  useKeys("c", () => setSheet("compare"), free);

  /** Adds photos to a day; what is written there stays as it is. */
  const add = (on: string, ids: number[]) => changes.log({ on, text: "", photos: ids });
  const taken = async (ids: number[], result: Imported, on?: string) => {
    if (ids.length === 0) return;
    if (on) return void (await add(on, ids));
    // Dropped beside the days: each photo proves the day it was taken on.
    const before: Photo[] = await Promise.all(result.duplicates.filter((one) => !one.settled).map((one) => unwrap(commands.getPhoto(one.id))));
    await addToTrial(trial, [...result.imported, ...before], today);
  };
  const about = useMemo(() => ({ trial: trial.id, product: trial.product, source: "own" as const }), [trial.id, trial.product]);
  const importer = useImporter({
    with: about, where: t`放在哪天上就归哪天；放在旁边，按拍摄的日子归`, onImported: taken,
    aim: (x, y) => document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-day]")?.dataset.day,
  });

  // What is pasted goes to the day whose note holds the hand, else to today; a finished trial keeps it beside the days.
  const pasted = useMemo(() => ({ trial: trial.id, product: trial.product, source: "screenshot" as const }), [trial.id, trial.product]);
  usePaste(pasted, async (photos, at) => {
    const on = at?.closest<HTMLElement>("[data-day]")?.dataset.day ?? (trial.finished_on === null && today >= trial.started_on ? today : undefined);
    if (on) await add(on, photos.map((photo) => photo.id));
    say.done(on ? t`剪贴板里的图放进了第 ${nthDay(trial, on)} 天` : t`剪贴板里的图放进来了，还没归到哪天`);
  }, say.failed, true);

  const move = async ({ photo, from }: Moving, to: string) => {
    const at = trial.days.find((day) => day.on === from)?.photos.indexOf(photo) ?? null;
    try {
      await changes.movePhoto(photo, from, to);
      say.done(t`移到了第 ${nthDay(trial, to)} 天`, () => changes.movePhoto(photo, to, from, at));
    } catch (error) {
      say.failed(error);
    }
  };
  const leave = useEditPhotos();
  const disown = async (photo: number) => {
    try {
      await leave.mutateAsync({ ids: [photo], patch: { trial: null } });
      await suggested.refuse([photo]);
      say.done(t`不算这次试用的了，照片还在素材里`, async () => { await leave.mutateAsync({ ids: [photo], patch: { trial: trial.id } }); await suggested.ask([photo]); });
    } catch (error) {
      say.failed(error);
    }
  };
  const looseMenu = (photo: number): MenuEntry[] => [
    { label: t`放大看`, icon: "eye", onClick: () => setLarge(photo) },
    { label: t`放到哪一天`, icon: "undo", onClick: () => setMoving({ from: null, photo }) },
    { label: t`不是这次试用的`, icon: "close", onClick: () => void disown(photo) },
  ];
  const loose = (photo: number) => (
    <span className={css.more}><Menu label={t`照片 ${photo}`} entries={looseMenu(photo)}><IconButton small icon="more" label={t`照片 ${photo} 的更多`} /></Menu></span>
  );
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
  const reopen = () => changes.reopen().then(() => say.done(t`接着试，结论的话还留着`)).catch(say.failed);
  const part = { trial, photos, changes, known, onPick: setPicking, onFiles: (on: string) => void pickFiles(t`选照片`, pictures).then((paths) => importer.take(paths, on)).catch(say.failed), onShow: setLarge, onMove: (from: string, photo: number) => setMoving({ from, photo }), onOff: (photo: number) => void suggested.refuse([photo]).catch(say.failed) };
  const length = nthDay(trial, lastDay(trial, today));
  const open = trial.finished_on === null;
  const past = stretches(trial, today, filling).filter((one) => !(open && one.kind === "day" && one.on === today));
  const days = [...(open && today >= trial.started_on ? [today] : []), ...past.flatMap((one) => (one.kind === "day" ? [one.on] : []))];
  return (
    <Page title={trial.product_name} onBack={onBack} sub={t`试用 ${length} 天 · ${formatWhen(dayToMs(trial.started_on))}开始 · ${wayWord(trial.acquired)}`} actions={<>
      <Menu label={t`这次试用`} entries={[
        { label: t`看好物`, icon: "product", onClick: () => void go({ to: "/product/$id", params: { id: String(trial.product) } }) },
        { label: t`改来历、起止和提醒`, icon: "edit", onClick: () => setSheet("edit") },
        "rule",
        { label: t`存成证据 PDF`, icon: "export", onClick: () => void evidence.write("pdf") },
        { label: t`存成证据文件夹`, icon: "folder", onClick: () => void evidence.write("folder") },
        "rule",
        ...(open ? [] : [{ label: t`接着试用`, icon: "undo" as const, onClick: () => void reopen() }]),
        { label: t`删掉这次试用`, icon: "trash", danger: true, onClick: () => setSheet("remove") },
      ]}><IconButton icon="more" label={t`更多`} /></Menu>
      <Button icon="check" onClick={() => setSheet("finish")} data-testid="trial-finish">{trial.verdict ? t`改结论` : t`下结论`}</Button>
      <Button kind="go" icon="edit" busy={writing} onClick={() => void write()}>{t`写成内容`}</Button>
    </>}>
      <Carry trial={trial} changes={changes} onGap={(carried, gap) => setMoving({ ...carried, within: gap })} days={days} onOff={part.onOff}>
        <div className="pile">
          {open && today >= trial.started_on && <TodayEntry key={today} {...part} on={today} day={trial.days.find((day) => day.on === today)} />}
          <Suggest trial={trial} suggested={suggested} onShow={setLarge} />
          <Undated trial={trial} photos={undated} onShow={setLarge} menu={loose} entries={looseMenu} />
          <CurveCard trial={trial} changes={changes} known={known} />
          <Card>
            <Timeline label={t`每天的记录，新的在前`}>
              {past.map((one) => one.kind === "day"
                ? <Entry key={one.on} {...part} on={one.on} day={one.day} />
                : <Day key={one.from} gap name={one.count === 1 ? t`第 ${nthDay(trial, one.from)} 天` : t`第 ${nthDay(trial, one.from)}–${nthDay(trial, one.to)} 天`}>
                    <Gap gap={one}><Missing action={<Button small onClick={() => (one.count === 1 ? fill(one.from) : setGap(one))}>{t`补记`}</Button>}>{open && trial.rhythm > 0 && one.count >= Math.max(3, trial.rhythm) ? t`${inWords(one.count)}天没有记录。补一句，或放一张照片，证据就接上了。` : t`${inWords(one.count)}天没有记录。`}</Missing></Gap>
                  </Day>)}
            </Timeline>
            {past.length === 0 && <p className="muted">{t`今天是第一天。从今天起，每天的话和照片都排在这里。`}</p>}
          </Card>
        </div>
        <div className={`pile ${css.side}`}>
          <Flaws trial={trial} changes={changes} onShow={setLarge} />
          <VerdictCard trial={trial} />
          <Compare trial={trial} photos={photos} changes={changes} large={sheet === "compare"} onLarge={(on) => setSheet(on ? "compare" : undefined)} />
          <Facts trial={trial} photos={photos} today={today} onEdit={() => setSheet("edit")} onShow={setLarge} />
        </div>
      </Carry>
      <Late gap={gap} onClose={() => setGap(undefined)} onYes={fill} />
      <Finish trial={trial} changes={changes} open={sheet === "finish"} onClose={() => setSheet(undefined)} />
      {sheet === "edit" && <EditTrial trial={trial} changes={changes} onClose={() => setSheet(undefined)} />}
      <Confirm open={sheet === "remove"} onClose={() => setSheet(undefined)} title={t`删掉这次试用？`} yes={t`删掉`} back onYes={async () => { const gone = await changes.remove(); onBack(); say.done(t`删掉了「${trial.product_name}」的这次试用`, () => unwrap(commands.restoreTrial(gone))); }}>
        {t`${trial.days.length} 天的记录、感受和 ${trial.flaws.length} 条缺点会一起删掉；照片都留在素材里。删错了当下可以撤销。有内容用到它的话，不会删。`}
      </Confirm>
      {moving && <Move trial={trial} moving={moving} today={today} onClose={() => setMoving(undefined)} onYes={(to) => void move(moving, to)} />}
      <PhotoPicker open={picking !== undefined} onClose={() => setPicking(undefined)} title={t`挑照片，放进第 ${picking ? nthDay(trial, picking) : 0} 天`} yes={t`放进这天`} product={trial.product}
        except={trial.days.find((day) => day.on === picking)?.photos} onYes={(ids) => { if (picking) void add(picking, ids).catch(say.failed); }} />
      <Large id={large} onClose={() => setLarge(undefined)} />
      {evidence.dialog}
      {importer.parts}
    </Page>
  );
}

/** One photo as large as the window allows; a clip plays. */
function Large({ id, onClose }: { id: number | undefined; onClose: () => void }) {
  const photo = usePhoto(id).data ?? undefined;
  return (
    <Modal open={id !== undefined} onClose={onClose} title={photo ? takenWord(photo) : t`照片`} size="min(1100px, 94vw)">
      {id !== undefined && <div className={css.large}>{photo?.kind === "clip" ? <Clip photo={photo} /> : <img src={photoUrl(id, "preview", photo?.edited || undefined)} alt={photo?.caption ?? ""} />}</div>}
    </Modal>
  );
}

/** Asks which day of a gap is to be noted after all. */
function Late({ gap, onClose, onYes }: { gap: { from: string; to: string } | undefined; onClose: () => void; onYes: (on: string) => void }) {
  const [day, setDay] = useState<string | null>(null);
  const on = day && gap && day >= gap.from && day <= gap.to ? day : gap?.to;
  return (
    <Modal open={gap !== undefined} onClose={onClose} title={t`补记哪一天`} size={380} actions={<Button kind="go" onClick={() => on && onYes(on)}>{t`写这一天`}</Button>}>
      <DateField label={t`日子`} note={t`补记的会照实写着是哪天补的`} value={on ?? null} min={gap?.from} max={gap?.to} onChange={setDay} autoFocus />
    </Modal>
  );
}

/** A photo that is to go to another day: from one or from none, to any day or to one within a stretch. */
type Moving = { photo: number; from: string | null; within?: { from: string; to: string } };

/** A stretch without notes; a photo that is dropped there asks for its day. */
function Gap({ gap, children }: { gap: { from: string; to: string }; children: ReactNode }) {
  return <div className={css.gap} {...useSpot({ gap: { from: gap.from, to: gap.to } })}>{children}</div>;
}

/** Asks to which day a photo belongs. */
function Move({ trial, moving, today, onClose, onYes }: { trial: Trial; moving: Moving; today: string; onClose: () => void; onYes: (to: string) => void }) {
  const { within } = moving;
  const [day, setDay] = useState<string | null>(within?.to ?? moving.from ?? lastDay(trial, today));
  return (
    <Modal open onClose={onClose} title={within ? t`放到这几天里的哪一天` : t`移到哪一天`} size={380} actions={<Button kind="go" disabled={!day || day === moving.from} onClick={() => { if (day) onYes(day); onClose(); }}>{t`移过去`}</Button>}>
      <DateField label={t`日子`} value={day} min={within?.from ?? trial.started_on} max={within?.to ?? lastDay(trial, today)} onChange={setDay} autoFocus />
    </Modal>
  );
}
