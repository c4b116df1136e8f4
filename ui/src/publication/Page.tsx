import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 发布 */
export default function PublicationPage() {
  return <Page title={t`发布`}><EmptyState drawing="plane" title={t`还没有打包好的内容`}>{t`写好一篇，在写作里点「打包发布」，它就到这里等你发。`}</EmptyState></Page>;
}
