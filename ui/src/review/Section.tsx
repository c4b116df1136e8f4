import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Button, Card, EmptyState, formatNum, Loaded } from "../kit";
import { useReviews, useSummary } from "./api";
import { AddReview } from "./EditReview";
import { Bulk, Filters } from "./Filters";
import { PasteDialog } from "./PasteDialog";
import { Reasons } from "./Reasons";
import css from "./review.module.css";
import { proposals, type Sift, sifted } from "./sift";
import { TableDialog, usePickTable } from "./TableDialog";
import { Voice } from "./Voice";

const FIRST = 6;

/** 评价 on a product's page: the creator's own verdict first, why people buy and return it, then the voices. */
export function Reviews({ product }: { product: number }) {
  const go = useNavigate();
  const reviews = useReviews(product);
  const summary = useSummary(product).data;
  const table = usePickTable();
  const [open, setOpen] = useState<"add" | "paste">();
  const [sift, setSift] = useState<Sift>({});
  const [shown, setShown] = useState(FIRST);
  const choose = (next: Sift) => { setSift(next); setShown(FIRST); };
  const close = () => setOpen(undefined);
  const all = reviews.data ?? [];
  const mine = all.filter((review) => review.own);
  const voices = useMemo(() => all.filter((review) => !review.own), [all]);
  const found = useMemo(() => sifted(voices, sift), [voices, sift]);
  const waiting = useMemo(() => voices.filter((review) => proposals(review).length > 0).length, [voices]);
  const paste = <Button small icon="copy" onClick={() => setOpen("paste")} data-testid="review-paste">{t`贴反馈`}</Button>;
  const bring = <Button small icon="import" onClick={table.pick} data-testid="review-import">{t`导入表格`}</Button>;
  return (
    <Card title={t`评价`} note={all.length > 0 ? t`${formatNum(all.length)} 条，买家只留一个认不出人的记号` : t`买家只留一个认不出人的记号`} actions={<>{all.length > 0 && <>{paste}{bring}</>}<Button small icon="plus" onClick={() => setOpen("add")} data-testid="review-add">{t`记一条`}</Button></>}>
      <Loaded query={reviews} empty={<EmptyState drawing="page" title={t`还没有评价`} actions={<>{paste}{bring}</>}>{t`自己用完的一句话，买家群里的一句话，都值得记下。`}</EmptyState>}>
        {() => (
          <>
            {mine.slice(0, 3).map((review) => <Voice key={review.id} review={review} />)}
            {mine.length === 0 && <p className={css.hole}>{t`你自己还没说过它。自己的一句话，放在最前面。`} <Button small kind="quiet" onClick={() => setOpen("add")}>{t`说一句`}</Button></p>}
            {summary && voices.length > 0 && <Reasons summary={summary} sift={sift} onSift={choose} />}
            {summary && voices.length > 4 && <div className={css.filters}><Filters summary={summary} sift={sift} onSift={choose} waiting={waiting} /></div>}
            <Bulk shown={found} sift={sift} />
            {found.slice(0, shown).map((review) => <Voice key={review.id} review={review} onReason={(kind, label) => choose({ ...sift, reason: { kind, label } })} />)}
            {voices.length > 0 && found.length === 0 && <p className="muted">{t`没有这样的评价。`} <Button small kind="quiet" onClick={() => choose({})}>{t`看全部`}</Button></p>}
            {found.length > shown && (
              <div className="row" style={{ marginTop: 10 }}>
                <Button small kind="quiet" onClick={() => setShown(shown + 12)}>{t`再看一些，还有 ${formatNum(found.length - shown)} 条`}</Button>
                {voices.length > 20 && <Button small kind="quiet" icon="next" onClick={() => void go({ to: "/review", search: { product } } as never)}>{t`一页看完`}</Button>}
              </div>
            )}
          </>
        )}
      </Loaded>
      <AddReview product={product} open={open === "add"} onClose={close} />
      {open === "paste" && <PasteDialog product={product} onClose={close} />}
      {table.file && <TableDialog product={product} file={table.file} onClose={table.close} />}
    </Card>
  );
}
