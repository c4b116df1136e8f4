import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { ProductSummary, Trial, WallDay } from "../ipc";
import { Chip, daysBetween, dayToMs, formatNum, msToDay, say } from "../kit";
import { addToTrial, photosOf, takeOffTrial } from "./api";
import { filedWord } from "./words";

/** Beside the date of a day: what the photos are of, and the trial day they could prove. `ids` gives the day's photos, newest first. */
export function DayNote({ day, ids, products, trials }: { day: WallDay; ids: () => number[]; products: ReadonlyMap<number, ProductSummary>; trials: readonly Trial[] }) {
  const [busy, setBusy] = useState(false);
  const only = day.products.length === 1 ? products.get(day.products[0]?.[0] ?? 0)?.name : undefined;
  const fits = (trial: Trial) => trial.started_on <= day.on && (trial.finished_on ?? day.on) >= day.on;
  const open = trials.find((trial) => fits(trial) && day.products.some(([product]) => product === trial.product));
  const loose = day.products.find(([product]) => product === open?.product)?.[1] ?? 0;
  const nth = open ? daysBetween(dayToMs(open.started_on), dayToMs(day.on)) + 1 : 0;
  const put = async () => {
    if (!open || busy) return;
    setBusy(true);
    try {
      const photos = (await photosOf(ids())).filter((photo) => photo.product === open.product && photo.trial === null && photo.source === "own" && !photo.made);
      // What stands here because it came in on this day proves nothing about it.
      const today = msToDay(Date.now());
      const after = await addToTrial(open, photos, today);
      say.done(filedWord(open, photos, today, t`${photos.length} 张归到了「${open.product_name}」第 ${nth} 天`), () => takeOffTrial(open, after, photos));
    } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  return (
    <>
      <span>{[only ?? (day.products.length > 1 ? t`${day.products.length} 件好物` : undefined), only && nth ? t`试用第 ${nth} 天` : undefined, t`${formatNum(day.count)} 张`].filter(Boolean).join(" · ")}</span>
      {loose > 0 && <Chip tone="sprout" onClick={() => void put()} title={open && t`${open.product_name} · 第 ${nth} 天`}>{t`把 ${loose} 张归到这次试用`}</Chip>}
    </>
  );
}
