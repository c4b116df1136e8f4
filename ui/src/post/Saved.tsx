import { t } from "@lingui/core/macro";
import { memo } from "react";
import { Button, Icon, messageOf } from "../kit";
import type { Saving } from "./journal";
import css from "./post.module.css";
import { useSaving } from "./writing";

/** Whether what is written on the desk is with the core, drawn by itself: the desk does not follow every save. */
export const DeskSaved = memo(function DeskSaved(journals: Journals) { return <Saved saving={useSaving(journals.one, journals.other)} />; });
export const DeskTrouble = memo(function DeskTrouble({ onRetry, ...journals }: Journals & { onRetry: () => void }) { return <SaveTrouble saving={useSaving(journals.one, journals.other)} onRetry={onRetry} />; });
type Journals = { one: Parameters<typeof useSaving>[0]; other: Parameters<typeof useSaving>[1] };

/** Whether what is written is with the core. */
export function Saved({ saving }: { saving: Saving }) {
  const words = { saved: t`已保存`, waiting: t`正在保存`, saving: t`正在保存`, failed: t`没保存上` }[saving.state];
  return <span role="status" className={saving.state === "failed" ? "bad" : undefined} data-testid="post-saved">{words}</span>;
}

/** What happened when a save failed, that the words are still here, and the way to try again. */
export function SaveTrouble({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  if (saving.state !== "failed") return null;
  return <div role="alert" className={css.trouble}><Icon name="warn" size={16} /><span>{t`没保存上，字都还在这里。`}{messageOf(saving.error, "")}</span><Button small icon="sync" onClick={onRetry}>{t`再试一次`}</Button></div>;
}
