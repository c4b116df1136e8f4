import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 设置 */
export default function SettingPage() {
  return <Page title={t`设置`}><EmptyState drawing="key" title={t`都在这台电脑上`}>{t`工作区、渠道、备份和语言，都在这里管。`}</EmptyState></Page>;
}
