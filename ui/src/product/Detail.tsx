import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { Button, EmptyState, Page } from "../kit";

/** One of them, by its id. */
export default function Detail() {
  const go = useNavigate();
  const back = () => void go({ to: "/product" });
  return <Page title={t`好物`} onBack={back}><EmptyState drawing="knot" title={t`找不到这一页`} actions={<Button onClick={back}>{t`回到列表`}</Button>}>{t`它可能已经删掉了。`}</EmptyState></Page>;
}
