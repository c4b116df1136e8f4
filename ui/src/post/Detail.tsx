import { t } from "@lingui/core/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Button, EmptyState, Loaded, Page, Skeleton } from "../kit";
import { toCoreError } from "../ipc";
import { usePost } from "./api";
import { Desk } from "./Desk";

/** One post on the writing desk. */
export default function Detail() {
  const go = useNavigate();
  const id = Number(useParams({ strict: false }).id) || 0;
  const back = () => void go({ to: "/post" });
  const post = usePost(id);
  if (post.data) return <Desk key={post.data.id} post={post.data} onBack={back} />;
  const gone = !id || (post.error && toCoreError(post.error).code === "not_found");
  return (
    <Page title={t`写作`} onBack={back}>
      {gone
        ? <EmptyState drawing="knot" title={t`找不到这一篇`} actions={<Button onClick={back}>{t`回到列表`}</Button>}>{t`它可能已经删掉了。`}</EmptyState>
        : <Loaded query={post} shape={<Skeleton shape="page" />}>{() => null}</Loaded>}
    </Page>
  );
}
