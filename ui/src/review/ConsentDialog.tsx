import { t } from "@lingui/core/macro";
import { useState } from "react";
import { photoUrl, type Review } from "../ipc";
import { Button, formatWhen, Modal, Picture, TextArea, useKept, useRefusal } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import { useConsent } from "./api";

/** Consent with how it was given; withdrawn, it is kept as a word and no longer holds. */
export function ConsentDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const keep = useConsent();
  const form = useKept(`review.consent.${review.id}`, { how: "", proof: null as number | null });
  const { how, proof } = form.value;
  const refused = useRefusal(["how"]);
  const [picking, setPicking] = useState(false);
  const given = !review.consent;
  const save = async () => {
    try {
      await keep.mutateAsync({ id: review.id, word: { given, how: how.trim(), proof } });
      form.done();
      onClose();
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open onClose={onClose} kept={form.filled} title={given ? t`记下授权` : t`收回授权？`} size={480}
      actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind={given ? "go" : "danger"} busy={keep.isPending} onClick={() => void save()} data-testid="review-consent-save">{given ? t`本人同意引用` : t`收回授权`}</Button></>}>
      <div className="pile">
        {given
          ? <p className="muted">{t`得到本人同意，这句话和附的照片才能写进内容。谁、在哪儿、怎么同意的，写下来就是证据。`}</p>
          : <p>{t`${review.consent_at ? formatWhen(Date.parse(review.consent_at)) : ""}得到的授权${review.consent_how ? `（${review.consent_how}）` : ""}从现在起不再算数；记录会留着。已经发出去的内容要自己去改。`}</p>}
        <TextArea label={given ? t`怎么同意的` : t`为什么收回`} placeholder={given ? t`11 月 20 日私信说「可以用」` : ""} value={how} error={refused.at("how")} onChange={(next) => { form.set((was) => ({ ...was, how: next })); refused.clear(); }} rows={2} autoFocus data-testid="review-consent-how" />
        <div className="row">
          {proof !== null && <Picture src={photoUrl(proof, "thumb")} alt={t`授权截图`} width={56} style={{ borderRadius: 8 }} />}
          <Button small icon="photo" onClick={() => setPicking(true)}>{proof === null ? t`附一张截图` : t`换一张`}</Button>
        </div>
      </div>
      <PhotoPicker open={picking} onClose={() => setPicking(false)} title={t`选授权截图`} yes={t`用这张`} onYes={(ids) => form.set((was) => ({ ...was, proof: ids[0] ?? null }))} />
    </Modal>
  );
}
