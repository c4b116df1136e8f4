import { t } from "@lingui/core/macro";
import { DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useBlocker } from "@tanstack/react-router";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { type CompositionTemplate, pickSave, revealFile } from "../ipc";
import { Button, Chip, Confirm, IconButton, Kbd, KeySheet, Page, say, trackGuard, useKeys } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import { takeBack, useExport, usePhotosOf, usePreview, useSave } from "./api";
import { Blocks } from "./Blocks";
import css from "./composition.module.css";
import { added, type Doc, grown, photosOf, swapped, useHistory, withSlot } from "./doc";
import { Looks } from "./Looks";
import { SlotBar } from "./SlotBar";
import { Stage } from "./Stage";
import { Templates } from "./Templates";
import { Tray } from "./Tray";
import { Words } from "./Words";
import { blocks, noteWord, studioKeys } from "./words";

/** The studio: the picture large in the middle, what it is made of around it. */
export function Studio({ first, kept, templates, onBack }: { first: Doc; kept: number | null; templates: CompositionTemplate[]; onBack: () => void }) {
  const { doc, change, undo, redo, canUndo, canRedo } = useHistory(first);
  const [id, setId] = useState(kept);
  const [saved, setSaved] = useState(kept === null ? undefined : first);
  const [page, setPage] = useState(0);
  const [chosen, setChosen] = useState<number>();
  const [asking, setAsking] = useState(false);
  const [picking, setPicking] = useState<{ into?: number }>();
  const [asked] = useDebouncedValue(doc, 90);
  const shown = usePreview(asked, page, 900);
  const photos = usePhotosOf(photosOf(doc));
  const save = useSave();
  const write = useExport();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));

  const template = templates.find((one) => one.id === doc.template);
  const kind = template?.kind ?? "grid";
  const notes = shown.data?.notes ?? [];
  const whole = shown.data !== undefined && !notes.some(blocks) && !shown.error;
  const slot = chosen === undefined ? undefined : doc.slots[chosen];
  const pages = shown.data?.pages ?? 1;
  const set = (part: Partial<Doc>, sort?: string) => change((was) => ({ ...was, ...part }), sort);

  const keep = async () => {
    const before = saved;
    try {
      const done = await save.mutateAsync({ id, spec: doc });
      const count = done.photos.length;
      setId(done.composition.id);
      setSaved(doc);
      const back = async () => {
        if (id === null) { await takeBack(done.composition.id, done.photos.map((photo) => photo.id)); setId(null); setSaved(undefined); }
        else if (before) { await save.mutateAsync({ id, spec: before }); setSaved(before); }
      };
      say.done(done.stayed.length ? t`新的 ${count} 张在素材里；内容里用着的旧图没有动` : t`${count} 张放进了素材`, back);
    } catch (error) { say.failed(error); }
  };
  const toFile = async () => {
    const out = await pickSave(t`导出拼图`, `${doc.title.trim().replace(/[\\/:*?"<>|\n]/g, " ").slice(0, 40) || t`拼图`}.jpg`);
    if (!out) return;
    try {
      const files = await write.mutateAsync({ spec: doc, out });
      say.done(t`导出了 ${files.length} 张`);
      if (files[0]) void revealFile(files[0]);
    } catch (error) { say.failed(error); }
  };
  const drop = ({ active, over }: DragEndEvent) => {
    const [from, to] = [active.data.current?.slot as number | undefined, over?.data.current?.slot as number | undefined];
    if (from === undefined || to === undefined) return;
    change((was) => swapped(was, from, to));
    setChosen(to);
  };
  const take = (nth: number) => {
    setChosen(undefined);
    change((was) => grown(kind === "long" || nth >= (template?.least ?? 0) ? { ...was, slots: was.slots.filter((_, at) => at !== nth) } : withSlot(was, nth, { photo: null, x: null, y: null, zoom: 1 }), templates));
  };

  useKeys("mod+Z", undo);
  useKeys("mod+shift+Z", redo);
  useKeys("mod+S", () => { if (whole) void keep(); });
  useKeys("mod+Y", redo);
  useKeys("Escape", () => setChosen(undefined), chosen !== undefined && !picking && !asking);
  useKeys("?", () => setAsking(true));

  /** What would be lost by leaving now. */
  const unsaved = canUndo && saved !== doc ? t`这张拼图还没存。` : undefined;
  useEffect(() => trackGuard(() => unsaved), [unsaved]);
  // What was made and not kept is not lost by a click beside it.
  const leaving = useBlocker({ shouldBlockFn: () => unsaved !== undefined, enableBeforeUnload: false, withResolver: true });
  const actions = (
    <>
      <IconButton icon="undo" label={t`撤销`} disabled={!canUndo} onClick={undo} />
      <IconButton icon="undo" label={t`重做`} disabled={!canRedo} onClick={redo} className={css.redo} />
      <Button kind="quiet" className="only" aria-label={t`看全部按键`} title={t`看全部按键`} onClick={() => setAsking(true)} data-testid="composition-keys"><Kbd keys="?" /></Button>
      <Button icon="export" busy={write.isPending} disabled={!whole} onClick={() => void toFile()} data-testid="composition-export">{t`导出文件`}</Button>
      <Button kind="go" icon="photo" busy={save.isPending} disabled={!whole || saved === doc} onClick={() => void keep()} data-testid="composition-save">{saved === doc ? t`已在素材里` : t`存进素材`}</Button>
    </>
  );
  return (
    <Page title={t`拼图`} still onBack={onBack} actions={actions} sub={template && shown.data && `${shown.data.width} × ${shown.data.height}${pages > 1 ? ` · ${t`${pages} 页`}` : ""}`}>
      <DndContext sensors={sensors} onDragEnd={drop}>
        <div className={css.studio}>
          <section className={css.middle} aria-label={t`画面`}>
            <Stage shown={shown} doc={doc} long={kind === "long"} photos={photos} chosen={chosen} onChoose={setChosen} onPick={(into) => setPicking({ into })} onTake={take}
              onView={(nth, view) => change((was) => withSlot(was, nth, view), `view ${nth}`)} onSwap={(from, to) => { change((was) => swapped(was, from, to)); setChosen(to); }} />
            {pages > 1 && (
              <div className={css.pages} role="group" aria-label={t`第几页`}>
                <IconButton small icon="back" label={t`上一页`} disabled={page === 0} onClick={() => setPage(Math.max(0, Math.min(page, pages - 1) - 1))} />
                <span className="num" aria-live="polite">{Math.min(page, pages - 1) + 1} / {pages}</span>
                <IconButton small icon="next" label={t`下一页`} disabled={page >= pages - 1} onClick={() => setPage(page + 1)} />
              </div>
            )}
            {slot && chosen !== undefined && kind !== "long"
              ? <SlotBar key={chosen} slot={slot} labelled={kind === "grid" || kind === "pair"} onText={(text) => change((was) => withSlot(was, chosen, { text }), `label ${chosen}`)} onZoom={(zoom) => change((was) => withSlot(was, chosen, { zoom }), `zoom ${chosen}`)}
                  onReset={() => change((was) => withSlot(was, chosen, { x: null, y: null, zoom: 1 }))} onPick={() => setPicking({ into: chosen })} onTake={() => take(chosen)} />
              : <div className={css.notes} role="status">{notes.map((note) => <Chip key={`${note.kind} ${note.slots.join()}`} tone={blocks(note) || note.kind === "order" ? "persimmon" : "amber"} icon={blocks(note) ? "photo" : "info"} onClick={note.kind === "empty" ? () => setPicking({}) : undefined}>{noteWord(note)}</Chip>)}{notes.length === 0 && (shown.data?.places.length ?? 0) > 0 && kind !== "long" && <small>{t`点一张照片：移位置、放大、写字、换一张。`}</small>}</div>}
            {kind !== "long" && template && template.most > 0 && <Tray doc={doc} photos={photos} most={template.most} chosen={chosen} onChoose={setChosen} onAdd={() => setPicking({})} />}
          </section>
          <aside className={css.panel} aria-label={t`怎么拼`}>
            <Templates doc={asked} kind={kind} templates={templates} onDoc={(next) => { setChosen(undefined); setPage(0); change(next); }} />
            <Looks doc={doc} template={template} onDoc={set} />
            {kind === "long" && <Blocks doc={doc} photos={photos} onDoc={change} onAdd={() => setPicking({})} />}
            <Words doc={doc} kind={kind} onDoc={set} />
          </aside>
        </div>
      </DndContext>
      <Confirm open={leaving.status === "blocked"} onClose={() => leaving.reset?.()} title={t`这张拼图还没存`} yes={t`不要了`} onYes={() => leaving.proceed?.()}>{t`离开后就没有了。要留着，先存进素材或导出文件。`}</Confirm>
      <KeySheet open={asking} onClose={() => setAsking(false)} title={t`拼图的按键`} groups={studioKeys()} />
      <PhotoPicker open={picking !== undefined} onClose={() => setPicking(undefined)} title={picking?.into === undefined ? t`加几张照片` : t`换成哪张`} yes={t`放进来`} onYes={(ids) => change((was) => added(was, ids, templates, picking?.into))} />
    </Page>
  );
}
