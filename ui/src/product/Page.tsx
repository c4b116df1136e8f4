import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 好物 */
export default function ProductPage() {
  return <Page title={t`好物`}><EmptyState drawing="shelf" title={t`先放进一个想试的东西`}>{t`名字就够了；价格、规格、谁适合，可以慢慢补。`}</EmptyState></Page>;
}
