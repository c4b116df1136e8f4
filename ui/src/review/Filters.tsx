import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Review, ReviewSummary } from "../ipc";
import { Button, Chip, Confirm, FilterChip, formatNum, say } from "../kit";
import { useDecide, useEmptyTrash, useRestore } from "./api";
import css from "./review.module.css";
import { proposals, type Sift } from "./sift";
import { labelWord } from "./words";

/** What of the reviews is shown; only what there is to choose from. */
export function Filters({ summary, sift, onSift, waiting }: { summary: ReviewSummary; sift: Sift; onSift: (sift: Sift) => void; waiting: number }) {
  const flip = (key: "returned" | "consent" | "photos" | "open") => (on: boolean) => onSift({ ...sift, trashed: undefined, [key]: on || undefined });
  const none = !sift.trashed && !sift.returned && !sift.consent && !sift.photos && !sift.open && !sift.reason;
  return (
    <>
      <FilterChip on={none} onChange={() => onSift({ product: sift.product })}>{t`全部`} {formatNum(summary.total)}</FilterChip>
      {(waiting > 0 || sift.open) && <FilterChip on={Boolean(sift.open)} onChange={flip("open")}>{t`等你看`} {formatNum(waiting)}</FilterChip>}
      {(summary.returned > 0 || sift.returned) && <FilterChip on={Boolean(sift.returned)} onChange={flip("returned")}>{t`有退的原因`}</FilterChip>}
      {(summary.authorised > 0 || sift.consent) && <FilterChip on={Boolean(sift.consent)} onChange={flip("consent")}>{t`已授权`} {formatNum(summary.authorised)}</FilterChip>}
      {(summary.with_photos > 0 || sift.photos) && <FilterChip on={Boolean(sift.photos)} onChange={flip("photos")}>{t`有照片`} {formatNum(summary.with_photos)}</FilterChip>}
      {(summary.trashed > 0 || sift.trashed) && <FilterChip on={Boolean(sift.trashed)} onChange={(on) => onSift(on ? { trashed: true } : {})}>{t`回收站`} {formatNum(summary.trashed)}</FilterChip>}
      {sift.reason && <Chip tone="sprout" icon="close" onClick={() => onSift({ ...sift, reason: undefined })}>{labelWord(sift.reason.kind, sift.reason.label)}</Chip>}
    </>
  );
}

/** With a reason chosen: all that the rules read there can be said yes or no to at once. */
export function Bulk({ shown, sift }: { shown: Review[]; sift: Sift }) {
  const decide = useDecide();
  const reason = sift.reason;
  if (!reason) return null;
  const ids = shown.filter((review) => proposals(review).some((found) => found.kind === reason.kind && found.label === reason.label)).map((review) => review.id);
  if (ids.length === 0) return null;
  const label = labelWord(reason.kind, reason.label);
  const many = ids.length;
  return (
    <div className={css.bulk} role="status">
      <span>{t`「${label}」有 ${many} 条是从词里读到的，看过都对吗？`}</span>
      <Button small icon="check" onClick={() => void decide(ids, [reason], "accept", () => t`${many} 条都记成了「${label}」。`)} data-testid="review-accept-all">{t`都对`}</Button>
      <Button small kind="quiet" onClick={() => void decide(ids, [reason], "decline", () => t`${many} 条都不算「${label}」。`)}>{t`都不是`}</Button>
    </div>
  );
}

/** The trash: bring everything back, or let it go for good. */
export function EmptyTrash({ shown, product, onEmptied }: { shown: Review[]; product: number | null; onEmptied: () => void }) {
  const [asking, setAsking] = useState(false);
  const restore = useRestore();
  const empty = useEmptyTrash();
  const ids = shown.map((review) => review.id);
  if (ids.length === 0) return null;
  const many = formatNum(ids.length);
  const agreed = shown.filter((review) => review.consent).length;
  return (
    <div className={css.bulk} role="status">
      <span>{t`删掉的 ${many} 条先放在这里，再导入时也不会回来。`}</span>
      <Button small icon="undo" onClick={() => void restore.mutateAsync(ids).then(onEmptied).catch(say.failed)}>{t`都拿回来`}</Button>
      <Button small kind="quiet" icon="trash" onClick={() => setAsking(true)} data-testid="review-empty-trash">{t`清空回收站`}</Button>
      <Confirm open={asking} onClose={() => setAsking(false)} title={t`彻底删掉这 ${many} 条？`} yes={t`彻底删掉`} onYes={async () => { await empty.mutateAsync(product === null ? null : ids); onEmptied(); }}>
        {agreed > 0 ? t`其中 ${agreed} 条有授权，授权的经过也会一起删掉，找不回来。再导入同样的表格，它们会重新进来。` : t`删了就找不回来。再导入同样的表格，它们会重新进来。`}
      </Confirm>
    </div>
  );
}
