import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 订单 */
export default function OrderPage() {
  return <Page title={t`订单`}><EmptyState drawing="receipt" title={t`还没有订单`}>{t`接上一家店，或者把后台导出的表格拖进来。`}</EmptyState></Page>;
}
