import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 试用 */
export default function TrialPage() {
  return <Page title={t`试用`}><EmptyState drawing="flask" title={t`还没有开始试用`}>{t`从好物里挑一个，每天一句话、一张照片，就是以后写作的底气。`}</EmptyState></Page>;
}
