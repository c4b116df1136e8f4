import { t } from "@lingui/core/macro";
import { photoUrl, type Review, type Sensitivity } from "../ipc";
import { Button, DateField, Modal, Picture, Segmented, SelectField, Stars, TagsField, TextArea, TextField, Toggle, useKept, useRefusal } from "../kit";
import { useAddReview, useEditReview } from "./api";
import css from "./review.module.css";
import { sensitivities, sensitivityWord } from "./words";

const asked = () => sensitivities.map((value) => ({ value, label: sensitivityWord(value) }));

/** What the creator notes of a review. A buyer's words are shown and cannot be written in; own words keep what they said before. */
export function EditReview({ review, onClose }: { review: Review; onClose: () => void }) {
  const edit = useEditReview();
  const form = useKept(`review.edit.${review.id}`, { text: review.text, rating: review.rating ?? 0, reasons: review.reasons, returned: review.returned, sensitivity: review.sensitivity, source: review.source, note: review.note, said_on: review.said_on, photos: review.photos });
  const input = form.value;
  const refused = useRefusal(["text", "source", "note", "said_on", "rating", "reasons", "returned"]);
  const set = (part: Partial<typeof input>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const save = async () => {
    const { text, rating, ...noted } = input;
    try {
      await edit.mutateAsync({ id: review.id, patch: review.own ? { ...noted, text, rating: rating || null } : noted });
      form.done();
      onClose();
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open onClose={onClose} kept={form.filled} title={review.own ? t`修改自己的评价` : t`原因和备注`} size={600} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={edit.isPending} onClick={() => void save()} data-testid="review-edit-save">{t`记下`}</Button></>}>
      <div className="pile">
        {review.own
          ? <><TextArea label={t`说了什么`} note={t`改之前的话会留着`} value={input.text} error={refused.at("text")} onChange={(text) => set({ text })} rows={3} autoFocus data-testid="review-edit-text" /><div className="row"><span className="muted">{t`打几分`}</span><Stars label={t`打几分`} value={input.rating} onChange={(rating) => set({ rating })} /></div></>
          : <blockquote className={css.quote} tabIndex={0}>{review.text}<small>{t`买家的原话不能改。`}</small></blockquote>}
        <div className={css.two}>
          <TagsField label={t`为什么买`} value={input.reasons} onChange={(reasons) => set({ reasons })} />
          <TagsField label={t`为什么退`} value={input.returned} onChange={(returned) => set({ returned })} />
          <SelectField label={t`最在意什么`} value={input.sensitivity} onChange={(sensitivity) => set({ sensitivity })} clear options={asked()} />
          <TextField label={t`在哪儿说的`} value={input.source} error={refused.at("source")} onChange={(source) => set({ source })} />
          <DateField label={t`哪天说的`} value={input.said_on} error={refused.at("said_on")} onChange={(said_on) => set({ said_on })} />
          <TextField label={t`备注`} note={t`只给自己看`} value={input.note} error={refused.at("note")} onChange={(note) => set({ note })} />
        </div>
        {input.photos.length > 0 && <div><span className="muted">{t`附的照片，点一下拿掉`}</span><div className={css.pictures}>{input.photos.map((id) => <Picture key={id} src={photoUrl(id, "thumb")} alt={t`拿掉这张照片`} width={58} style={{ borderRadius: 8 }} onClick={() => set({ photos: input.photos.filter((one) => one !== id) })} />)}</div></div>}
      </div>
    </Modal>
  );
}

const blank = { who: "own" as "own" | "buyer", text: "", rating: 0, buyer: "", reasons: [] as string[], returned: [] as string[], sensitivity: null as Sensitivity | null, source: "", consent: false };

/** One review written by hand: the creator's own, or a buyer's. */
export function AddReview({ product, open, onClose }: { product: number; open: boolean; onClose: () => void }) {
  const form = useKept(`review.add.${product}`, blank);
  const input = form.value;
  const { who } = input;
  const refused = useRefusal(["text", "buyer", "source", "rating", "reasons", "returned"]);
  const add = useAddReview();
  const set = (part: Partial<typeof blank>) => { form.set((was) => ({ ...was, ...part })); refused.clear(); };
  const buyer = who === "buyer";
  const keep = async () => {
    if (!input.text.trim()) return refused.by({ field: "text", message: t`写下说了什么。` });
    if (buyer && !input.buyer.trim()) return refused.by({ field: "buyer", message: t`写个昵称或尾号，好认出同一个人；存下来的只是认不出人的记号。` });
    try {
      await add.mutateAsync({
        product, text: input.text.trim(), rating: input.rating || null, buyer: buyer ? input.buyer.trim() : null, reasons: input.reasons, returned: input.returned,
        sensitivity: input.sensitivity, consent: buyer && input.consent, source: input.source.trim(),
      });
      form.done();
      onClose();
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`记一条评价`} size={560} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={add.isPending} onClick={() => void keep()} data-testid="review-save">{t`记下`}</Button></>}>
      <div className="pile">
        <Segmented label={t`谁说的`} value={who} onChange={(next) => set({ who: next })} options={[{ value: "own", label: t`我自己` }, { value: "buyer", label: t`买家` }]} />
        <TextArea label={t`说了什么`} note={t`照原话，不润色`} value={input.text} onChange={(text) => set({ text })} error={refused.at("text")} rows={3} autoFocus data-testid="review-text" />
        <div className="row"><span className="muted">{t`打几分`}</span><Stars label={t`打几分`} value={input.rating} onChange={(rating) => set({ rating })} /></div>
        {buyer && <TextField label={t`谁`} note={t`昵称或手机尾号，写进来就变成认不出人的记号`} value={input.buyer} onChange={(next) => set({ buyer: next })} error={refused.at("buyer")} />}
        <div className={css.two}>
          <TagsField label={t`为什么买`} value={input.reasons} onChange={(reasons) => set({ reasons })} />
          <TagsField label={t`为什么退`} value={input.returned} onChange={(returned) => set({ returned })} />
          <SelectField label={t`最在意什么`} value={input.sensitivity} onChange={(sensitivity) => set({ sensitivity })} clear options={asked()} />
          <TextField label={t`在哪儿说的`} value={input.source} onChange={(source) => set({ source })} placeholder={t`妈妈三群、评论区`} />
        </div>
        {buyer && <Toggle label={t`本人同意引用`} note={t`没有同意的话只给自己看，不会出现在内容里`} on={input.consent} onChange={(next) => set({ consent: next })} />}
      </div>
    </Modal>
  );
}
