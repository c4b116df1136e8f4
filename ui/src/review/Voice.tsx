import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type Found, photoUrl, type ReasonKind, type Review } from "../ipc";
import { Button, Chip, Confirm, contextMenu, formatWhen, Icon, IconButton, Menu, type MenuEntry, Picture, say } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import { useDecide, useEditReview, useEmptyTrash, useRemove, useRestore } from "./api";
import { ConsentDialog } from "./ConsentDialog";
import { EditReview } from "./EditReview";
import { HistoryDialog } from "./HistoryDialog";
import css from "./review.module.css";
import { pieces, proposals } from "./sift";
import { kindTone, kindWord, labelWord } from "./words";

/** Words with what the rules found in them marked; the mark's title says what it stands for. */
export function Marked({ text, found }: { text: string; found: Pick<Found, "kind" | "label" | "hits">[] }) {
  return <>{pieces(text, found).map((piece, nth) => piece.kinds.length
    ? <mark key={nth} className={css[piece.kinds[0] ?? ""]} title={piece.labels.map((label, at) => labelWord(piece.kinds[at] ?? piece.kinds[0] ?? "bought_because", label)).join("、")}>{piece.text}</mark>
    : <span key={nth}>{piece.text}</span>)}</>;
}

/** A voice in the trash: it only waits to be brought back, or to go for good. */
export function Gone({ review, product }: { review: Review; product?: ReactNode }) {
  const restore = useRestore();
  const empty = useEmptyTrash();
  const [asking, setAsking] = useState(false);
  const back = () => void restore.mutateAsync([review.id]).then(() => say.done(t`拿回来了`)).catch(say.failed);
  return (
    <article className={`${css.voice} ${css.gone}`} tabIndex={0} data-voice={review.id} aria-label={review.text.slice(0, 40)}>
      <header className={css.by}>
        <b>{review.own ? t`我自己` : t`一位买家`}</b>
        <small>{[review.said_on, review.source, review.trashed_at && t`${formatWhen(Date.parse(review.trashed_at), "full")}删掉的`].filter(Boolean).join(" · ")}</small>
        {product}
        <span className="row" style={{ gap: 2, flexWrap: "nowrap" }}>
          <Button small icon="undo" onClick={back}>{t`拿回来`}</Button>
          <IconButton small icon="trash" label={t`彻底删掉`} onClick={() => setAsking(true)} />
        </span>
      </header>
      <p className={css.words}>{review.text}</p>
      <Confirm open={asking} onClose={() => setAsking(false)} title={t`彻底删掉这一条？`} yes={t`彻底删掉`} onYes={() => empty.mutateAsync([review.id])}>{review.consent ? t`授权的经过也会一起删掉，找不回来。` : t`删了就找不回来。`}</Confirm>
    </article>
  );
}

/** One buyer's voice: the words with the marks, what the creator says of them, what the rules propose, consent and pictures. */
export function Voice({ review, product, onReason }: { review: Review; product?: ReactNode; onReason?: (kind: ReasonKind, label: string) => void }) {
  const decide = useDecide();
  const edit = useEditReview();
  const remove = useRemove();
  const [open, setOpen] = useState<"edit" | "consent" | "history" | "photos">();
  const close = () => setOpen(undefined);
  const open_ = proposals(review);
  const gone = () => void remove(review, t`删掉了一条评价。`);
  const decided = (labels: Found[], verdict: "accept" | "decline") => void decide([review.id], labels, verdict, (changed) => {
    const names = changed.map((one) => labelWord(one.kind, one.label)).join(t`」「`);
    return verdict === "accept" ? t`记成了「${names}」。` : t`记住了，不是「${names}」。`;
  });
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const act = { a: () => decided(open_, "accept"), x: () => decided(open_, "decline"), e: () => setOpen("edit"), c: () => !review.own && setOpen("consent"), Delete: gone, Backspace: gone }[event.key];
    if (act) { event.preventDefault(); act(); }
  };
  const attach = (ids: number[]) => edit.mutate({ id: review.id, patch: { photos: [...review.photos, ...ids] } }, { onError: (error) => say.failed(error) });
  const said: [ReasonKind, string][] = [
    ...review.reasons.map((label) => ["bought_because", label] as [ReasonKind, string]), ...review.returned.map((label) => ["returned_because", label] as [ReasonKind, string]),
    ...(review.sensitivity ? [["sensitivity", review.sensitivity] as [ReasonKind, string]] : []),
  ];
  const entries: MenuEntry[] = [
    { label: review.own ? t`修改` : t`原因和备注`, icon: "edit", onClick: () => setOpen("edit") },
    { label: t`附照片`, icon: "photo", onClick: () => setOpen("photos") },
    { label: review.own ? t`以前写的` : t`授权经过`, icon: "clock", onClick: () => setOpen("history"), disabled: review.own && review.edits === 0 },
    "rule", { label: t`删掉`, icon: "trash", danger: true, onClick: gone },
  ];
  const who = review.own ? t`我自己` : review.buyer ? t`买家 ${review.buyer.slice(0, 4)}` : t`一位买家`;
  return (
    <article className={`${css.voice} ${review.own ? css.mine : ""}`} tabIndex={0} onKeyDown={press} {...contextMenu(who, () => entries)} data-voice={review.id} aria-label={`${who}：${review.text.slice(0, 40)}`}>
      <header className={css.by}>
        <span className={css.face} aria-hidden="true" style={review.own ? undefined : { filter: `hue-rotate(${parseInt(review.buyer?.slice(0, 4) || "0", 16) % 300}deg)` }}>{review.own ? t`我` : "●"}</span>
        <b>{who}</b>
        {review.rating !== null && <span className={css.stars} aria-label={t`${review.rating} 分`}>{"★".repeat(review.rating)}<i>{"★".repeat(5 - review.rating)}</i></span>}
        <small>{[review.said_on, review.source].filter(Boolean).join(" · ")}</small>
        {product}
        <span className="row" style={{ gap: 2, flexWrap: "nowrap" }}>
          {!review.own && <Chip tone={review.consent ? "sprout" : "plain"} icon={review.consent ? "check" : "lock"} onClick={() => setOpen("consent")} title={review.consent ? review.consent_how || t`可以引用` : t`没授权，不能引用`}>{review.consent ? t`已授权` : t`没授权`}</Chip>}
          <Menu label={t`这条评价`} entries={entries}><IconButton label={t`这条评价`} icon="more" /></Menu>
        </span>
      </header>
      <p className={css.words}><Marked text={review.text} found={(review.found ?? []).filter((found) => found.standing !== "declined")} /></p>
      {review.photos.length > 0 && (
        <div className={css.pictures}>
          {review.photos.slice(0, 8).map((id) => <Picture key={id} src={photoUrl(id, "thumb")} alt={t`买家的照片`} width={58} style={{ borderRadius: 8 }} marks={review.own || review.consent ? undefined : [{ text: <Icon name="lock" size={11} />, tone: "amber" }]} />)}
        </div>
      )}
      {(said.length > 0 || open_.length > 0 || review.note) && (
        <div className={css.labels}>
          {said.map(([kind, label]) => <Chip key={`${kind}-${label}`} tone={kindTone[kind]} onClick={onReason && (() => onReason(kind, label))} title={kindWord(kind)}>{kind === "returned_because" ? t`退：${labelWord(kind, label)}` : labelWord(kind, label)}</Chip>)}
          {open_.map((found) => <Proposed key={`${found.kind}-${found.label}`} found={found} onSay={(verdict) => decided([found], verdict)} />)}
          {review.note && <small className={css.note}>{review.note}</small>}
        </div>
      )}
      {open === "edit" && <EditReview review={review} onClose={close} />}
      {open === "consent" && <ConsentDialog review={review} onClose={close} />}
      {open === "history" && <HistoryDialog review={review} onClose={close} />}
      <PhotoPicker open={open === "photos"} onClose={close} title={t`附上这条评价的照片`} yes={t`附上`} product={review.product} except={review.photos} onYes={attach} />
    </article>
  );
}

/** What a rule proposes: yes or no, with the words it read. */
function Proposed({ found, onSay }: { found: Found; onSay: (verdict: "accept" | "decline") => void }) {
  const label = found.kind === "returned_because" ? t`退：${labelWord(found.kind, found.label)}` : labelWord(found.kind, found.label);
  return (
    <span className={`${css.proposed} ${css[found.kind]}`} title={t`${kindWord(found.kind)}：读到「${found.hits.map((hit) => hit.text).join("」「")}」`}>
      {label}？
      <button type="button" aria-label={t`对，${label}`} onClick={() => onSay("accept")}><Icon name="check" size={13} /></button>
      <button type="button" aria-label={t`不是${label}`} onClick={() => onSay("decline")}><Icon name="close" size={13} /></button>
    </span>
  );
}
