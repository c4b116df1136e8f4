import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 洞察 */
export default function ReportPage() {
  return <Page title={t`洞察`}><EmptyState drawing="chart" title={t`等第一笔订单`}>{t`有了订单，这里会说清哪篇带来的、有多确定、退了多少。`}</EmptyState></Page>;
}
