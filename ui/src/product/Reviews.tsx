import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type ImportedRows, pickFile, type Review, type Sensitivity, tables } from "../ipc";
import { Button, Card, Chip, EmptyState, Loaded, Modal, say, Segmented, SelectField, Stars, TagsField, TextArea, TextField, Toggle } from "../kit";
import { useAddReview, useEditReview, useImportReviews, useReviews } from "./api";
import { ImportResult } from "./ImportResult";
import css from "./product.module.css";
import { sensitivities, sensitivityWord } from "./words";

/** What people said after buying: the creator's own words and buyers', who stay nameless. Only what is 已授权 may be quoted. */
export function Reviews({ product }: { product: number }) {
  const reviews = useReviews(product);
  const bring = useImportReviews(product);
  const [adding, setAdding] = useState(false);
  const [result, setResult] = useState<ImportedRows>();
  const [shown, setShown] = useState(10);
  const importTable = async () => {
    try {
      const file = await pickFile(t`选一个评价表格`, tables);
      if (file) setResult(await bring.mutateAsync(file));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Card title={t`评价`} note={t`买家只留一个认不出人的记号`} actions={<><Button small icon="import" busy={bring.isPending} onClick={() => void importTable()}>{t`导入表格`}</Button><Button small icon="plus" onClick={() => setAdding(true)} data-testid="review-add">{t`记一条`}</Button></>}>
      <Loaded query={reviews} empty={<EmptyState drawing="page" title={t`还没有评价`}>{t`自己用完的一句话，买家群里的一句话，都值得记下。`}</EmptyState>}>
        {(all) => (
          <>
            {all.slice(0, shown).map((review) => <One key={review.id} review={review} />)}
            {all.length > shown && <Button small kind="quiet" onClick={() => setShown(shown + 50)}>{t`再看一些，还有 ${all.length - shown} 条`}</Button>}
          </>
        )}
      </Loaded>
      <AddReview product={product} open={adding} onClose={() => setAdding(false)} />
      <ImportResult result={result} onClose={() => setResult(undefined)} />
    </Card>
  );
}

function One({ review }: { review: Review }) {
  const edit = useEditReview();
  const consent = (on: boolean) => edit.mutate({ id: review.id, patch: { consent: on } }, { onError: (error) => say.failed(error) });
  return (
    <article className={css.review}>
      <p>{review.text}</p>
      <div className="row">
        <Chip tone={review.own ? "sprout" : "plain"}>{review.own ? t`我自己` : t`买家 ${review.buyer?.slice(0, 4) ?? ""}`}</Chip>
        {review.rating !== null && <span className="num" aria-label={t`${review.rating} 分`}>★ {review.rating}</span>}
        {review.sensitivity && <Chip>{sensitivityWord(review.sensitivity)}</Chip>}
        {review.reasons.map((reason) => <Chip key={`r-${reason}`} tone="sky">{t`因为 ${reason}`}</Chip>)}
        {review.returned.map((reason) => <Chip key={`b-${reason}`} tone="persimmon">{t`退货：${reason}`}</Chip>)}
        <small>{[review.source, review.said_on].filter(Boolean).join(" · ")}</small>
        <span style={{ marginLeft: "auto" }}>
          {!review.own && <Toggle label={review.consent ? t`已授权，可以引用` : t`没授权，不能引用`} on={review.consent} onChange={consent} disabled={edit.isPending} />}
        </span>
      </div>
    </article>
  );
}

const blank = { text: "", rating: 0, buyer: "", reasons: [] as string[], returned: [] as string[], sensitivity: null as Sensitivity | null, source: "", consent: false };

function AddReview({ product, open, onClose }: { product: number; open: boolean; onClose: () => void }) {
  const [who, setWho] = useState<"own" | "buyer">("own");
  const [input, setInput] = useState(blank);
  const [wrong, setWrong] = useState<{ text?: string; buyer?: string }>({});
  const add = useAddReview();
  const set = (part: Partial<typeof blank>) => { setInput((was) => ({ ...was, ...part })); setWrong({}); };
  const buyer = who === "buyer";
  const keep = async () => {
    if (!input.text.trim()) return setWrong({ text: t`写下说了什么。` });
    if (buyer && !input.buyer.trim()) return setWrong({ buyer: t`写个昵称或尾号，好认出同一个人；存下来的只是认不出人的记号。` });
    try {
      await add.mutateAsync({
        product, text: input.text.trim(), rating: input.rating || null, buyer: buyer ? input.buyer.trim() : null, reasons: input.reasons, returned: input.returned,
        sensitivity: input.sensitivity, consent: buyer && input.consent, source: input.source.trim(),
      });
      setInput(blank);
      onClose();
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} title={t`记一条评价`} size={560} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={add.isPending} onClick={() => void keep()} data-testid="review-save">{t`记下`}</Button></>}>
      <div className="pile">
        <Segmented label={t`谁说的`} value={who} onChange={setWho} options={[{ value: "own", label: t`我自己` }, { value: "buyer", label: t`买家` }]} />
        <TextArea label={t`说了什么`} note={t`照原话，不润色`} value={input.text} onChange={(text) => set({ text })} error={wrong.text} rows={3} autoFocus data-testid="review-text" />
        <div className="row"><span className="muted">{t`打几分`}</span><Stars label={t`打几分`} value={input.rating} onChange={(rating) => set({ rating })} /></div>
        {buyer && <TextField label={t`谁`} note={t`昵称或手机尾号，写进来就变成认不出人的记号`} value={input.buyer} onChange={(next) => set({ buyer: next })} error={wrong.buyer} />}
        <div className={css.two}>
          <TagsField label={t`为什么买`} value={input.reasons} onChange={(reasons) => set({ reasons })} />
          <TagsField label={t`为什么退`} value={input.returned} onChange={(returned) => set({ returned })} />
          <SelectField label={t`最在意什么`} value={input.sensitivity} onChange={(sensitivity) => set({ sensitivity })} clear options={sensitivities.map((value) => ({ value, label: sensitivityWord(value) }))} />
          <TextField label={t`在哪儿说的`} value={input.source} onChange={(source) => set({ source })} placeholder={t`妈妈三群、评论区`} />
        </div>
        {buyer && <Toggle label={t`本人同意引用`} note={t`没有同意的话只给自己看，不会出现在内容里`} on={input.consent} onChange={(next) => set({ consent: next })} />}
      </div>
    </Modal>
  );
}
