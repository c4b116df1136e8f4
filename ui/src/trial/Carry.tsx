import { t } from "@lingui/core/macro";
import { DndContext, type DragEndEvent, DragOverlay, PointerSensor, pointerWithin, useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { createContext, type KeyboardEvent, type ReactNode, useContext, useState } from "react";
import { type Photo, photoUrl, type Trial } from "../ipc";
import { Button, contextMenu, dayToMs, formatWhen, Icon, type MenuEntry, say } from "../kit";
import type { Changes } from "./api";
import { nthDay } from "./days";
import css from "./trial.module.css";

/** A photo being carried: from which day (`null`: it waits without one). */
type Carried = { photo: number; from: string | null };
/** Where it may be put: a day, a stretch of days without a note, or no day. */
export type Place = { on: string | null } | { gap: { from: string; to: string } };

const placeOf = (data: { current?: unknown } | undefined) => (data?.current as { place?: Place } | undefined)?.place;

/** What is carried by keys, and where it would go. */
const Keyed = createContext<(Carried & { to: string | null }) | undefined>(undefined);

/** The place among the photos of a day where the middle of what is carried stands: rows from the top, each from the left. */
function placeAmong(on: string, photo: number, x: number, y: number): number {
  const others = [...document.querySelectorAll<HTMLElement>(`[data-day="${on}"] [data-photo]`)].filter((one) => one.dataset.photo !== String(photo));
  return others.filter((one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return bottom < y || (top <= y && (left + right) / 2 < x); }).length;
}

/**
 * Photos can be carried from day to day, within a day, to no day and back: with the mouse, or Space and the arrow keys. What was done can
 * be undone. `days` are those on the page, in its order.
 */
export function Carry({ trial, changes, days, onGap, onOff, children }: { trial: Trial; changes: Changes; days: readonly string[]; onGap: (carried: Carried, gap: { from: string; to: string }) => void; onOff: (photo: number) => void; children: ReactNode }) {
  const [carried, setCarried] = useState<Carried>();
  const [keyed, setKeyed] = useState<Carried & { to: string | null }>();
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const put = async ({ photo, from }: Carried, to: string | null, at: number | null) => {
    const was = from === null ? null : trial.days.find((day) => day.on === from)?.photos.indexOf(photo) ?? null;
    if (from === to && (from === null || at === was)) return;
    try {
      await changes.movePhoto(photo, from, to, at);
      if (to === null) onOff(photo);
      say.done(to === null ? t`先不归哪天了，照片还在这次试用里` : from === to ? t`换了位置` : t`移到了第 ${nthDay(trial, to)} 天`, () => changes.movePhoto(photo, to, from, was));
    } catch (error) {
      say.failed(error);
    }
  };
  const land = ({ active, over }: DragEndEvent) => {
    setCarried(undefined);
    const taken = active.data.current as Carried;
    const place = placeOf(over?.data);
    if (!place) return;
    if ("gap" in place) return place.gap.from === place.gap.to ? void put(taken, place.gap.from, null) : onGap(taken, place.gap);
    const rect = active.rect.current.translated;
    void put(taken, place.on, place.on !== null && rect ? placeAmong(place.on, taken.photo, rect.left + rect.width / 2, rect.top + rect.height / 2) : null);
  };
  const press = (event: KeyboardEvent) => {
    const held = (event.target as HTMLElement).closest<HTMLElement>("[data-photo]");
    // The menu of a photo has keys of its own.
    if (!held || (event.target as HTMLElement).closest(`.${css.more}`) || (!keyed && event.key !== " ")) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const places = [...days, null];
    if (!keyed) {
      const from = held.dataset.from || null;
      setKeyed({ photo: Number(held.dataset.photo), from, to: from });
    } else if (by) {
      const to = places[Math.min(places.length - 1, Math.max(0, places.indexOf(keyed.to) + by))] ?? null;
      setKeyed({ ...keyed, to });
      document.querySelector(to === null ? "[data-testid=trial-undated]" : `[data-day="${to}"]`)?.scrollIntoView?.({ block: "center" });
    } else if (event.key === " " || event.key === "Enter") {
      setKeyed(undefined);
      void put(keyed, keyed.to, null).then(() => setTimeout(() => document.querySelector<HTMLElement>(`[data-photo="${keyed.photo}"][data-from="${keyed.to ?? ""}"] button`)?.focus(), 60));
    } else if (event.key === "Escape") setKeyed(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <DndContext sensors={sensors} collisionDetection={pointerWithin} onDragStart={({ active }) => { setKeyed(undefined); setCarried(active.data.current as Carried); }} onDragCancel={() => setCarried(undefined)} onDragEnd={land}>
      <Keyed value={keyed}>
        <div className={css.columns} onKeyDownCapture={press} onBlur={() => setKeyed(undefined)}>{children}</div>
        {carried?.from && <Off />}
      </Keyed>
      <p className={css.off} role="status" hidden={!keyed} data-over>{keyed && <><img src={photoUrl(keyed.photo, "thumb")} alt="" />{keyed.to === null ? t`先不归哪天` : t`放到第 ${nthDay(trial, keyed.to)} 天`}<small>{t`上下键换日子，空格放下，Esc 放回去`}</small></>}</p>
      <DragOverlay dropAnimation={null} zIndex={400}>{carried && <img className={css.carried} src={photoUrl(carried.photo, "thumb")} alt="" draggable={false} />}</DragOverlay>
    </DndContext>
  );
}

/** Takes part in carrying: the photo in a day, or without one. */
export function useCarried(photo: number, from: string | null) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `${from ?? "-"} ${photo}`, data: { photo, from } satisfies Carried });
  const keyed = useContext(Keyed);
  const held = isDragging || (keyed?.photo === photo && keyed.from === from);
  return { ref: setNodeRef, "data-photo": photo, "data-from": from ?? "", "data-carried": held || undefined, ...listeners };
}

/** Where photos may be put down: it shows when one is above it. */
export function useSpot(place: Place) {
  const { setNodeRef, isOver } = useDroppable({ id: "gap" in place ? `gap ${place.gap.from}` : `day ${place.on}`, data: { place } });
  const keyed = useContext(Keyed);
  const aimed = keyed !== undefined && "on" in place && place.on === keyed.to && keyed.to !== keyed.from;
  return { ref: setNodeRef, "data-over": isOver || aimed || undefined };
}

/** While a photo of a day is carried: the place for photos without one, always within reach. */
function Off() {
  return <div className={css.off} {...useSpot({ on: null })}><Icon name="photo" size={18} />{t`放到这里：先不归哪天`}</div>;
}

const most = 12;

/** Photos of the trial that are on no day yet. */
export function Undated({ trial, photos, menu, entries, onShow }: { trial: Trial; photos: readonly Photo[]; menu: (photo: number) => ReactNode; entries: (photo: number) => MenuEntry[]; onShow: (photo: number) => void }) {
  const [all, setAll] = useState(false);
  if (photos.length === 0) return null;
  return (
    <section className={`card ${css.undated}`} aria-label={t`还没归到哪天的照片`} data-testid="trial-undated">
      <header><b>{t`还没归到哪天`}</b><small>{t`${photos.length} 张，拖到下面的日子上；也可以空格拿起，上下键换日子`}</small></header>
      <div className={css.strip}>{(all ? photos : photos.slice(0, most)).map((photo) => <Loose key={photo.id} trial={trial} photo={photo} menu={menu} entries={entries} onShow={onShow} />)}</div>
      {!all && photos.length > most && <Button small kind="quiet" onClick={() => setAll(true)}>{t`还有 ${photos.length - most} 张`}</Button>}
    </section>
  );
}

function Loose({ trial, photo, menu, entries, onShow }: { trial: Trial; photo: Photo; menu: (photo: number) => ReactNode; entries: (photo: number) => MenuEntry[]; onShow: (photo: number) => void }) {
  const carry = useCarried(photo.id, null);
  const on = photo.taken_at?.slice(0, 10);
  const nth = on ? nthDay(trial, on) : 0;
  const when = !on ? t`没有拍摄时间` : nth > 0 ? t`第 ${nth} 天拍的` : formatWhen(dayToMs(on));
  return (
    <div className={css.loose} {...carry} {...contextMenu(t`照片 ${photo.id}`, () => entries(photo.id))}>
      <button type="button" onClick={() => onShow(photo.id)} aria-label={t`还没归到哪天的照片 ${photo.id}，${when}`}><img src={photoUrl(photo.id, "thumb", photo.edited || undefined)} alt="" draggable={false} loading="lazy" /></button>
      <small>{when}</small>
      {menu(photo.id)}
    </div>
  );
}
