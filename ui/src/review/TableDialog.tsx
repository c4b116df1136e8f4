import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type ImportedRows, pickFile, type ReviewField, tables } from "../ipc";
import { Button, ErrorState, formatNum, Modal, say, SelectField, Skeleton } from "../kit";
import { ImportResult } from "../product/ImportResult";
import { type Takes, useImportReviews, useTablePreview } from "./api";
import { Figures, More, Pieces, ProductField, Refused, sayDone } from "./PasteDialog";
import css from "./review.module.css";
import { fields, fieldWord } from "./words";

/** Asks for a table; the dialog opens with what it found. */
export function usePickTable() {
  const [file, setFile] = useState<string>();
  const pick = () => void pickFile(t`选一个评价表格`, tables).then((found) => found && setFile(found)).catch(say.failed);
  return { file, pick, close: () => setFile(undefined) };
}

/** Before a table goes in: what each column is taken for (to be changed), what would be kept, and what is refused and why. */
export function TableDialog({ product, file, onClose }: { product?: number; file: string; onClose: () => void }) {
  const [of, setOf] = useState(product);
  const [takes, setTakes] = useState<Takes | null>(null);
  const [done, setDone] = useState<ImportedRows>();
  const preview = useTablePreview(file, of, takes);
  const bring = useImportReviews();
  const told = preview.data;
  const columns = told?.columns ?? [];
  const take = (nth: number, field: ReviewField | null) => setTakes(columns.map((column, at) => (at === nth ? field : field !== null && column.takes === field ? null : column.takes)));
  const hasText = columns.some((column) => column.takes === "text");
  const save = async () => {
    if (!of) return;
    try {
      const result = await bring.mutateAsync({ file, product: of, takes: columns.map((column) => column.takes) });
      if (result.refused.length > 0) return setDone(result);
      sayDone(result);
      onClose();
    } catch (error) {
      say.failed(error);
    }
  };
  if (done) return <ImportResult result={done} onClose={onClose} />;
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return (
    <Modal open onClose={onClose} title={t`导入「${name}」`} size={940}
      actions={<><span className={css.foot}>{told && hasText && <Figures told={told} />}</span><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={bring.isPending} disabled={!told || !hasText || told.new === 0 || preview.isFetching} onClick={() => void save()} data-testid="review-import-save">{told?.new ? t`导入 ${formatNum(told.new)} 条` : t`导入`}</Button></>}>
      <div className="pile">
        {product === undefined && <ProductField value={of} onChange={setOf} />}
        {preview.error ? <ErrorState error={preview.error} title={t`这个表格读不了`} kept={t`没有导入任何内容，原文件不动。`} />
          : !told ? (of ? <Skeleton shape="rows" count={5} /> : null) : (
            <>
              <div className={css.columns} data-sideways role="group" aria-label={t`每一列是什么`}>
                {columns.map((column, nth) => (
                  <div key={nth} className={`${css.column} ${column.takes ? css.taken : ""}`}>
                    <b>{column.name || t`第 ${nth + 1} 列`}</b>
                    <SelectField label={t`「${column.name || nth + 1}」当作`} bare clear placeholder={t`不取`} value={column.takes} onChange={(field) => take(nth, field)} options={fields.map((value) => ({ value, label: fieldWord(value) }))} />
                    {column.samples.map((sample, at) => <small key={at}>{sample}</small>)}
                  </div>
                ))}
              </div>
              {!hasText ? <p className="bad">{t`还不知道哪一列是评价内容，在上面指一下。`}</p>
                : told.rows === 0 ? <p className="muted">{t`只有表头，下面没有评价。`}</p>
                  : <div className={css.pieces} style={{ maxHeight: 300 }}><Pieces pieces={told.pieces.slice(0, 20)} /><More told={{ ...told, pieces: told.pieces.slice(0, 20) }} /><Refused rows={told.refused} /></div>}
            </>
          )}
      </div>
    </Modal>
  );
}
