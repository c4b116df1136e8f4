import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 今日 */
export default function TodayPage() {
  return <Page title={t`今日`}><EmptyState drawing="sun" title={t`今天没有非做不可的事`}>{t`从一个好物开始：拍一张、写一句，草本会记得提醒你下一步。`}</EmptyState></Page>;
}
