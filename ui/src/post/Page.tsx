import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 写作 */
export default function PostPage() {
  return <Page title={t`写作`}><EmptyState drawing="page" title={t`写第一篇`}>{t`左边是证据，中间写字，右边看它发出去的样子。`}</EmptyState></Page>;
}
