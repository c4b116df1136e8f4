import { t } from "@lingui/core/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState, useSyncExternalStore } from "react";
import { commands, copyText, openWeb, photoUrl, type Publication, unwrap } from "../ipc";
import { Button, Card, DateField, dayToMs, EmptyState, IconButton, Loaded, Menu, msToDay, Page, Pairs, Picture, say, TextField } from "../kit";
import { useJournal } from "../post/journal";
import { Saved, SaveTrouble } from "../post/Saved";
import { usePublications, useRemovePublication } from "./api";
import css from "./publication.module.css";

type Receipt = { url: string; note_id: string; at: string };

/** One publication: where and when it went out, and its link. */
export default function Detail() {
  const go = useNavigate();
  const id = Number(useParams({ strict: false }).id) || 0;
  const back = () => void go({ to: "/publication" });
  const publications = usePublications();
  const one = publications.data?.find((publication) => publication.id === id);
  if (one) return <Sheet key={one.id} of={one} onBack={back} />;
  return (
    <Page title={t`发布`} onBack={back}>
      <Loaded query={publications} shape="page">{() => <EmptyState drawing="knot" title={t`找不到这次发布`} actions={<Button onClick={back}>{t`回到列表`}</Button>}>{t`它可能已经删掉了。`}</EmptyState>}</Loaded>
    </Page>
  );
}

function Sheet({ of, onBack }: { of: Publication; onBack: () => void }) {
  const go = useNavigate();
  const journal = useJournal<Receipt>(`publication:${of.id}`, (patch) => unwrap(commands.editPublication(of.id, patch)));
  const saving = useSyncExternalStore(journal.listen, journal.look);
  const [shown, setShown] = useState<Receipt>({ url: of.url, note_id: of.note_id, at: of.at, ...journal.unsaved });
  useEffect(() => { if (journal.idle) setShown({ url: of.url, note_id: of.note_id, at: of.at }); }, [of, saving.state]);
  const take = useRemovePublication();
  const remove = async () => {
    try {
      await journal.flush();
      await take(of.id);
      onBack();
    } catch (error) { say.failed(error); }
  };
  // One that was pasted in anyway stays in sight.
  const asks = of.receipt || Boolean(of.url || of.note_id);
  const change = (patch: Partial<Receipt>) => { setShown((was) => ({ ...was, ...patch })); journal.change(patch); };
  return (
    <Page title={of.post_title || t`还没有标题`} onBack={onBack} sub={<>{of.channel_name} · <Saved saving={saving} /></>} actions={<><Menu label={t`这次发布`} entries={[{ label: t`记错了，删掉这条记录`, icon: "trash", danger: true, onClick: () => void remove() }]}><IconButton icon="more" label={t`更多`} data-testid="publication-more" /></Menu><Button icon="post" onClick={() => void go({ to: "/post/$id", params: { id: String(of.post) } })}>{t`看这一篇`}</Button></>}>
      <div className={css.sheet}>
        <Picture src={of.cover === null ? null : photoUrl(of.cover, "preview")} alt="" />
        <div className="pile">
          <Card title={t`回执`} note={asks ? t`有了它，平台的订单能对上这一篇` : t`${of.channel_name}里没有链接可贴，记下时间就够了`}>
            <div className="pile">
              <SaveTrouble saving={saving} onRetry={() => void journal.flush()} />
              {asks && <>
              <TextField label={t`笔记的链接`} type="url" value={shown.url} onChange={(url) => change({ url })} placeholder="https://" />
              <TextField label={t`笔记编号`} note={t`一般从链接里自动认出来，认不出时再填。`} value={shown.note_id} onChange={(note_id) => change({ note_id })} />
              </>}
              <DateField label={t`什么时候`} time value={msToDay(Date.parse(shown.at), true)} onChange={(at) => at && change({ at: new Date(dayToMs(at)).toISOString() })} />
              {shown.url && <div className="row"><Button small icon="open" onClick={() => openWeb(shown.url).catch(say.failed)}>{t`在浏览器里看`}</Button><Button small icon="copy" onClick={() => copyText(shown.url).then(() => say.done(t`已复制`), say.failed)}>{t`复制链接`}</Button></div>}
            </div>
          </Card>
          <Card title={t`之后`}><Pairs of={[[t`渠道`, of.channel_name], [t`带来的订单`, <Button key="orders" small kind="quiet" onClick={() => void go({ to: "/order", search: { post: of.post } as never })}>{t`去看`}</Button>], [t`这篇的链接`, <Button key="links" small kind="quiet" onClick={() => void go({ to: "/link", search: { post: of.post } as never })}>{t`去看`}</Button>]]} /></Card>
        </div>
      </div>
    </Page>
  );
}
