import { t } from "@lingui/core/macro";
import { Button, messageOf } from "../kit";
import type { Saving } from "./journal";

/** Whether what is written is with the core; when it is not, the way to try again. */
export function Saved({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  if (saving.state === "failed") {
    return <span role="alert" className="bad" data-testid="post-saved">{t`没保存上，字都还在这里。`}{messageOf(saving.error, "")} <Button small kind="quiet" icon="sync" onClick={onRetry}>{t`再试一次`}</Button></span>;
  }
  return <span role="status" data-testid="post-saved">{saving.state === "saved" ? t`已保存` : t`正在保存`}</span>;
}
