import { t } from "@lingui/core/macro";
import type { ImportedRows } from "../ipc";
import { Button, Lines, Modal } from "../kit";

/** What a table brought in: how many rows, how many were there already, and every refused row with its reason. */
export function ImportResult({ result, onClose }: { result: ImportedRows | undefined; onClose: () => void }) {
  return (
    <Modal open={result !== undefined} onClose={onClose} title={t`导入完了`} actions={<Button kind="go" onClick={onClose}>{t`知道了`}</Button>}>
      {result && (
        <div className="pile">
          <p>
            {t`新放进 ${result.imported.length} 行。`}
            {result.duplicates.length > 0 && t`${result.duplicates.length} 行本来就有，没有重复放。`}
            {result.refused.length > 0 && t`${result.refused.length} 行没能放进来，改好表格再导一次就行，已经进来的不会重复。`}
          </p>
          {result.refused.length > 0 && (
            <div style={{ maxHeight: 320, overflow: "auto" }}>
              <Lines of={result.refused.map((row, nth) => ({ key: nth, body: row.reason, end: t`第 ${row.row} 行` }))} />
            </div>
          )}
        </div>
      )}
    </Modal>
  );
}
