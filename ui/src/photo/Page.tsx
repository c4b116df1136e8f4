import { t } from "@lingui/core/macro";
import { EmptyState, Page } from "../kit";

/** 素材 */
export default function PhotoPage() {
  return <Page title={t`素材`}><EmptyState drawing="photos" title={t`把照片拖进来`}>{t`原图不动，定位和机型不会跟着出去，照片会按天排好。`}</EmptyState></Page>;
}
