import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 链接 */
export default function LinkPage() {
  return <Page title={t`链接`}><EmptyState drawing="chain" title={t`还没有链接`}>{t`每篇、每个渠道一条自己的链接，订单来了才说得清是谁带来的。`}</EmptyState></Page>;
}
