import { t } from "@lingui/core/macro";
import { photoUrl, type Review } from "../ipc";
import { formatWhen, Lines, Loaded, Modal, Picture } from "../kit";
import { useHistory } from "./api";

/** What became of a review: words about consent, or what the creator wrote before. */
export function HistoryDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const when = (at: string) => formatWhen(Date.parse(at), "full");
  return (
    <Modal open onClose={onClose} title={review.own ? t`以前写的` : t`授权经过`} size={480}>
      <Loaded query={useHistory(review.id)} shape="rows" empty={null}>
        {({ consents, edits }) => (review.own ? edits : consents).length === 0
          ? <p className="muted">{t`还没有记录。问过本人，再来记下授权。`}</p>
          : <Lines of={review.own
            ? edits.map((edit, nth) => ({ key: nth, body: edit.text, end: when(edit.at) }))
            : consents.map((word, nth) => ({ key: nth, end: when(word.at), body: <span className="row">{word.proof !== null && <Picture src={photoUrl(word.proof, "preview")} alt={t`授权截图`} width={44} style={{ borderRadius: 6 }} />}<span><b className={word.given ? "good" : "bad"}>{word.given ? t`同意引用` : t`收回授权`}</b> {word.how}</span></span> }))} />}
      </Loaded>
    </Modal>
  );
}
