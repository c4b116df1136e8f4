import { t } from "@lingui/core/macro";
import { useMemo, useState } from "react";
import type { ImportedRows, NewPaste, RefusedRow, ReviewPiece, ReviewPreview } from "../ipc";
import { Button, Chip, EmptyState, ErrorState, formatNum, IconButton, Lines, Modal, say, SelectField, TextArea, TextField, useKept } from "../kit";
import { usePaste, usePastePreview, useReviewProducts, useStill } from "./api";
import css from "./review.module.css";

/** Copied words on the left; on the right, as they are typed, what will be kept of them and what goes out. */
export function PasteDialog({ product, onClose }: { product?: number; onClose: () => void }) {
  const [of, setOf] = useState(product);
  const form = useKept(`review.paste.${product ?? ""}`, { text: "", source: "" });
  const { text, source } = form.value;
  const [skip, setSkip] = useState<number[]>([]);
  const input: NewPaste = useMemo(() => ({ product: of, text, source }), [of, text, source]);
  const still = useStill(input);
  const preview = usePastePreview(still);
  const keep = usePaste();
  const told = text.trim() && of ? preview.data : undefined;
  const left = (told?.pieces ?? []).filter((piece) => skip.includes(piece.row) && !piece.known).length;
  const count = (told?.new ?? 0) - left;
  const ready = still === input && !preview.isFetching && count > 0;
  const save = async () => {
    try {
      sayDone(await keep.mutateAsync({ ...input, skip }));
      form.done();
      onClose();
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Modal open onClose={onClose} kept={form.filled} title={t`把群里的反馈贴进来`} size={940}
      actions={<><span className={css.foot}>{told && <Figures told={told} />}</span><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={keep.isPending} disabled={!ready} onClick={() => void save()} data-testid="review-paste-save">{count > 0 ? t`记下 ${formatNum(count)} 条` : t`记下`}</Button></>}>
      <div className={css.split}>
        <div className="pile">
          {product === undefined && <ProductField value={of} onChange={setOf} />}
          <TextArea label={t`复制来的话`} note={t`群聊、评论区都行；名字、时间会自动拆开`} value={text} onChange={(next) => { form.set((was) => ({ ...was, text: next })); setSkip([]); }} rows={11} maxRows={16} autoFocus data-testid="review-paste-text"
            placeholder={t`小鹿妈妈 2026/11/20 10:23\n这个真的好用，第二瓶了\n\n李娜：退了，有点过敏`} />
          <TextField label={t`在哪儿说的`} value={source} onChange={(next) => form.set((was) => ({ ...was, source: next }))} placeholder={t`妈妈三群、评论区`} />
        </div>
        <div className={css.pieces} aria-label={t`会这样记下`} role="region">
          {preview.error && text.trim() ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
            : !told ? <EmptyState drawing="page" title={t`贴在左边，这里看怎么拆`}>{t`一行一条，或者空一行一条。电话、微信号会从话里去掉，名字只变成认不出人的记号。`}</EmptyState>
              : <><Pieces pieces={told.pieces} skip={skip} onSkip={(row) => setSkip((was) => (was.includes(row) ? was.filter((one) => one !== row) : [...was, row]))} /><More told={told} /><Refused rows={told.refused} line /></>}
        </div>
      </div>
    </Modal>
  );
}

export function ProductField({ value, onChange }: { value: number | undefined; onChange: (product: number | undefined) => void }) {
  const products = useReviewProducts().data ?? [];
  return <SelectField label={t`说的是哪件好物`} search value={value === undefined ? null : String(value)} onChange={(next) => onChange(next ? Number(next) : undefined)} options={products.map((one) => ({ value: String(one.id), label: [one.brand, one.name].filter(Boolean).join(" ") }))} />;
}

/** What an import did, in one sentence; rows that were refused are counted. */
export function sayDone(done: ImportedRows) {
  say.done([t`记下 ${formatNum(done.imported.length)} 条。`, done.duplicates.length > 0 && t`${formatNum(done.duplicates.length)} 条本来就有。`, done.refused.length > 0 && t`${formatNum(done.refused.length)} 条没收下。`].filter(Boolean).join(""));
}

export function Figures({ told }: { told: ReviewPreview }) {
  return <>{[t`会记下 ${formatNum(told.new)} 条`, told.known > 0 && t`${formatNum(told.known)} 条本来就有`, told.hidden > 0 && t`去掉 ${formatNum(told.hidden)} 处电话、微信之类`, told.refused.length > 0 && t`${formatNum(told.refused.length)} 条收不下`].filter(Boolean).join(" · ")}</>;
}

export function More({ told }: { told: ReviewPreview }) {
  const more = told.new + told.known - told.pieces.length;
  return more > 0 ? <p className="muted" style={{ padding: "8px 4px" }}>{t`后面还有 ${formatNum(more)} 条，一样处理。`}</p> : null;
}

export function Refused({ rows, line }: { rows: RefusedRow[]; line?: boolean }) {
  if (rows.length === 0) return null;
  return <details className={css.refused}><summary>{t`${formatNum(rows.length)} 条收不下，看看为什么`}</summary><Lines of={rows.slice(0, 200).map((row, nth) => ({ key: nth, body: row.reason, end: line ? t`第 ${row.row} 行起` : t`第 ${row.row} 行` }))} /></details>;
}

export function Pieces({ pieces, skip = [], onSkip }: { pieces: ReviewPiece[]; skip?: number[]; onSkip?: (row: number) => void }) {
  return (
    <ul>
      {pieces.map((piece) => {
        const out = piece.known || skip.includes(piece.row);
        return (
          <li key={piece.row} className={`${css.piece} ${out ? css.out : ""}`}>
            <span className="row" style={{ gap: 6 }}>
              {piece.who ? <Chip title={t`只留一个认不出人的记号`} icon="lock">{piece.who}</Chip> : <small>{t`没写是谁`}</small>}
              {piece.rating !== null && <small className="num">★ {piece.rating}</small>}
              {piece.said_on && <small className="num">{piece.said_on}</small>}
              {piece.hidden > 0 && <Chip tone="amber">{t`去掉 ${piece.hidden} 处`}</Chip>}
              {piece.known && <Chip>{t`本来就有`}</Chip>}
              {onSkip && !piece.known && <span className="push"><IconButton label={out ? t`还是要这条` : t`不要这条`} icon={out ? "undo" : "close"} onClick={() => onSkip(piece.row)} /></span>}
            </span>
            <p>{piece.text}</p>
          </li>
        );
      })}
    </ul>
  );
}
