import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Photo, ProductSummary, Trial } from "../ipc";
import { Chip, daysBetween, dayToMs, msToDay, say } from "../kit";
import { addToTrial } from "./api";

/** Beside the date of a day: what the photos are of, and the trial day they could prove. */
export function DayNote({ photos, day, products, trials }: { photos: readonly Photo[]; day: string; products: ReadonlyMap<number, ProductSummary>; trials: readonly Trial[] }) {
  const [busy, setBusy] = useState(false);
  const seen = [...new Set(photos.flatMap((photo) => photo.product ?? []))];
  const only = seen.length === 1 ? products.get(seen[0] ?? 0)?.name : undefined;
  const open = trials.find((trial) => seen.includes(trial.product) && trial.started_on <= day && (trial.finished_on ?? day) >= day);
  const loose = open && photos.filter((photo) => photo.product === open.product && photo.trial === null && photo.source === "own");
  const nth = open ? daysBetween(dayToMs(open.started_on), dayToMs(day)) + 1 : 0;
  const put = async () => {
    if (!open || !loose || busy) return;
    setBusy(true);
    try { await addToTrial(open, loose, msToDay(Date.now())); say.done(t`${loose.length} 张归到了「${open.product_name}」第 ${nth} 天`); } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  return (
    <>
      <span>{[only ?? (seen.length > 1 ? t`${seen.length} 件好物` : undefined), only && nth ? t`试用第 ${nth} 天` : undefined, t`${photos.length} 张`].filter(Boolean).join(" · ")}</span>
      {loose && loose.length > 0 && <Chip tone="sprout" onClick={() => void put()}>{t`把 ${loose.length} 张归到这天的试用`}</Chip>}
    </>
  );
}
