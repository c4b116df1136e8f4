import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type OrderImport, pickFile, tables } from "../ipc";
import { Button, formatNum, Lines, Modal, say, SelectField, Stat, Stats } from "../kit";
import { useImportOrders, useOrderFormats } from "./api";
import css from "./order.module.css";

type Plan = { file: string; format: string; answer?: OrderImport };

/** An import in two steps: a dry run that says what would come, then the import itself. */
export function useImport() {
  const [plan, setPlan] = useState<Plan>();
  const run = useImportOrders();
  const look = (file: string, format: string) => {
    setPlan({ file, format });
    run.mutate({ file, format, dryRun: true }, { onSuccess: (answer) => setPlan({ file, format, answer }) });
  };
  const choose = async () => {
    const file = await pickFile(t`选一份订单表格`, tables);
    if (file) look(file, "auto");
  };
  const take = () => plan && run.mutate({ ...plan, dryRun: false }, {
    onSuccess: (answer) => { setPlan(undefined); say.done(t`已导入：新 ${answer.new} 单，更新 ${answer.updated} 单`); },
  });
  return { plan, look, choose, take, busy: run.isPending, error: run.error, close: () => { setPlan(undefined); run.reset(); } };
}

/** What a file would bring, before anything is written; the format can be named when it was not recognised. */
export function ImportOrders({ plan: { plan, look, take, busy, error, close } }: { plan: ReturnType<typeof useImport> }) {
  const formats = useOrderFormats();
  const answer = plan?.answer;
  const title = formats.data?.find((one) => one.name === answer?.format)?.title ?? answer?.format ?? "";
  const name = plan?.file.split(/[\\/]/).at(-1) ?? "";
  return (
    <Modal open={plan !== undefined} onClose={close} title={name} size={620}
      actions={<><Button onClick={close}>{t`先不`}</Button><Button kind="go" busy={busy} disabled={!answer || answer.new + answer.updated === 0} onClick={take} data-testid="order-import-go">{t`导入`}</Button></>}>
      <div className="pile">
        <SelectField label={t`表格的来处`} value={plan?.format ?? "auto"} onChange={(format) => plan && format && look(plan.file, format)}
          options={[{ value: "auto", label: t`自动认` }, ...(formats.data ?? []).map((one) => ({ value: one.name, label: one.title }))]} />
        {!answer && !error && <p className="muted" role="status">{t`先看一遍，什么都还没写进去`}</p>}
        {error && <p className="bad" role="alert">{error.message}</p>}
        {answer && (
          <>
            <p>{t`认出来是「${title}」，共 ${formatNum(answer.rows)} 行。导入后是这样：`}</p>
            <div className={css.ahead}><Stats>
              <Stat name={t`新订单`} value={formatNum(answer.new)} tone={answer.new ? "good" : undefined} />
              <Stat name={t`更新`} value={formatNum(answer.updated)} />
              <Stat name={t`没变`} value={formatNum(answer.unchanged)} />
              <Stat name={t`不要的`} value={formatNum(answer.refused.length)} tone={answer.refused.length ? "bad" : undefined} />
            </Stats></div>
            {answer.warned.length > 0 && <Lines of={answer.warned.map((word) => ({ key: word, body: word }))} />}
            {answer.refused.length > 0 && <div className={css.refused} tabIndex={0}><Lines of={answer.refused.map((row) => ({ key: row.row, body: row.reason, end: t`第 ${row.row} 行` }))} /></div>}
            <p className="muted">{t`同一单再导一次不会重复。买家的姓名、电话和地址不会留下。`}</p>
          </>
        )}
      </div>
    </Modal>
  );
}
