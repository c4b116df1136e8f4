import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plural } from "@lingui/react/macro";
import { useEffect, useMemo, useState } from "react";
import { type BundleRecord, copyText, openWeb, photoUrl, type Publication, revealFile } from "../ipc";
import { Button, Card, Chip, contextMenu, EmptyState, Lead, Loaded, type MenuEntry, Page, Picture, say, Table, When } from "../kit";
import { useChannels, usePosts, useProducts } from "../post/api";
import { AddChannel } from "./AddChannel";
import { lacksReceipt, useBundles, usePublications, useRemovePublication } from "./api";
import { Calendar } from "./Calendar";
import { HandOff } from "./HandOff";
import css from "./publication.module.css";
import { crowded, ready, unsorted } from "./ready";
import { Receipt } from "./Receipt";
import { RecordDialog } from "./RecordDialog";

/** 发布: what is ready to go, what waits for its link, and a month of what went out where. */
export default function PublicationPage() {
  const go = useNavigate();
  const asked = useSearch({ strict: false }) as { add?: boolean };
  const publications = usePublications();
  const bundles = useBundles();
  const posts = usePosts(true);
  const channels = useChannels();
  const products = useProducts();
  const [handing, setHanding] = useState<BundleRecord>();
  const [recording, setRecording] = useState<{ post?: number; channel?: number }>();
  useEffect(() => { if (asked.add) { setRecording({}); void go({ to: "/publication", replace: true, search: {} as never }); } }, [asked.add]);

  const all = publications.data ?? [];
  const waiting = useMemo(() => ready(bundles.data ?? [], publications.data ?? []), [bundles.data, publications.data]);
  const missing = useMemo(() => (publications.data ?? []).filter(lacksReceipt), [publications.data]);
  const post = (id: number) => posts.data?.find((one) => one.id === id);
  const channel = (id: number) => channels.data?.find((one) => one.id === id);
  const { busy, unknown } = useMemo(() => {
    const category = new Map(products.data?.map((one) => [one.id, one.category]));
    const of = new Map(posts.data?.map((one) => [one.id, [...new Set(one.products.map((id) => category.get(id) ?? "").filter(Boolean))]]));
    const categories = (id: number) => of.get(id) ?? [];
    return { busy: crowded(publications.data ?? [], categories, Date.now()), unknown: unsorted(publications.data ?? [], categories, Date.now()) };
  }, [publications.data, posts.data, products.data]);
  const open = (id: number) => void go({ to: "/publication/$id", params: { id: String(id) } });
  const add = <Button kind={all.length ? "go" : "plain"} icon="plus" onClick={() => setRecording({})} data-testid="publication-add">{t`记一次发布`}</Button>;
  const sub = publications.data && [waiting.length && t`${waiting.length} 个等你发`, missing.length && t`${missing.length} 个等链接`, t`发过 ${all.length} 次`].filter(Boolean).join(" · ");

  if (channels.data && !channels.data.length) {
    return <Page title={t`发布`}><EmptyState drawing="plane" title={t`先说说发到哪里`} actions={<div style={{ width: 340 }}><AddChannel /></div>}>{t`一个平台、一个账号，就是一个渠道。每个渠道的字数、图片和能不能放链接，草本都替你记着。`}</EmptyState></Page>;
  }
  return (
    <Page title={t`发布`} sub={sub} actions={add}>
      <Loaded query={publications} shape="page" isEmpty={(list) => !list.length && !bundles.isPending && !waiting.length}
        empty={<EmptyState drawing="plane" title={t`还没有打包好的内容`} actions={<Button kind="go" icon="post" onClick={() => void go({ to: "/post" })}>{t`去写作`}</Button>}>{t`写好一篇，在写作里点「打包发布」，它就到这里等你发。`}</EmptyState>}>
        {(list) => (
          <div className={css.board}>
            <div className="pile" style={{ gap: 16 }}>
              {waiting.length > 0 && (
                <Card title={t`等你发`} note={t`图、字、话题都备好了`}>
                  <div className={css.bundles}>
                    {waiting.map((bundle) => {
                      const about = post(bundle.post);
                      return (
                        <button type="button" key={bundle.id} className={css.bundle} onClick={() => setHanding(bundle)} data-testid="bundle-handoff" {...contextMenu(about?.title || t`还没有标题`, () => [
                          { label: t`一步步发`, icon: "publication", onClick: () => setHanding(bundle) },
                          { label: t`看这一篇`, icon: "post", onClick: () => void go({ to: "/post/$id", params: { id: String(bundle.post) } }) },
                          { label: t`打开文件夹`, icon: "folder", onClick: () => void revealFile(bundle.path).catch(say.failed) },
                        ])}>
                          <Picture src={about?.cover == null ? null : photoUrl(about.cover, "thumb")} alt="" width={54} style={{ borderRadius: 8, flex: "none" }} />
                          <span><b>{about?.title || t`还没有标题`}</b><small>{channel(bundle.channel)?.name}</small><small><When at={Date.parse(bundle.created_at)} form="ago" />{bundle.override_reason && <> · <i className="bad">{t`写了理由`}</i></>}</small></span>
                          <Chip tone="sprout">{t`一步步发`}</Chip>
                        </button>
                      );
                    })}
                  </div>
                </Card>
              )}
              {missing.length > 0 && <Card title={t`等链接`} note={t`贴回来，订单才说得清是谁带来的`}>{missing.slice(0, 20).map((one) => <Receipt key={one.id} of={one} onOpen={() => open(one.id)} />)}</Card>}
              {list.length > 0 && <Card pad={false} title={undefined} className={css.log} style={{ height: Math.min(460, 84 + list.length * 48) }}><Log publications={list} onOpen={open} /></Card>}
            </div>
            <div className="pile" style={{ gap: 16 }}>
              <Calendar publications={list} onOpen={open} />
              <Card title={t`有度`}>
                {busy.length ? busy.map((one) => <p key={one.category}><b>{one.category}</b> {t`7 天里发了 ${one.times} 篇。再发一篇之前，先让上一篇说完。`}</p>) : <p className="muted">{!list.length ? t`还没有发布记录，记了才看得出最近推荐得密不密。` : unknown ? t`7 天里写了品类的，没有重复推荐同一类。` : t`7 天里没有重复推荐同一类。`}</p>}
                {unknown > 0 && <p className="muted"><Plural value={unknown} other="另有 # 篇的好物没写品类，没算进来。" /></p>}
              </Card>
            </div>
          </div>
        )}
      </Loaded>
      <HandOff bundle={handing} post={handing && post(handing.post)} channel={handing && channel(handing.channel)} onClose={() => setHanding(undefined)} onOut={() => { setRecording({ post: handing?.post, channel: handing?.channel }); setHanding(undefined); }} />
      <RecordDialog open={recording !== undefined} post={recording?.post} channel={recording?.channel} onClose={() => setRecording(undefined)} />
    </Page>
  );
}

function Log({ publications, onOpen }: { publications: Publication[]; onOpen: (id: number) => void }) {
  const go = useNavigate();
  const remove = useRemovePublication();
  const menu = (one: Publication): MenuEntry[] => [
    { label: t`打开`, icon: "open", onClick: () => onOpen(one.id) },
    { label: t`看这一篇`, icon: "post", onClick: () => void go({ to: "/post/$id", params: { id: String(one.post) } }) },
    ...(one.url ? [
      { label: t`复制链接`, icon: "copy" as const, onClick: () => void copyText(one.url).then(() => say.done(t`已复制`), say.failed) },
      { label: t`在浏览器里看`, icon: "open" as const, onClick: () => void openWeb(one.url).catch(say.failed) },
    ] : []),
    "rule", { label: t`记错了，删掉这条记录`, icon: "trash", danger: true, onClick: () => void remove(one.id).catch(say.failed) },
  ];
  return (
    <Table label={t`发布记录`} rows={publications} rowKey={(one) => one.id} onOpen={(one) => onOpen(one.id)} menu={(one) => [one.post_title || t`还没有标题`, menu(one)]} columns={[
      { key: "post", title: t`内容`, sort: (one) => one.post_title, cell: (one) => <Lead picture={<Picture src={one.cover === null ? null : photoUrl(one.cover, "thumb")} alt="" />} title={one.post_title || t`还没有标题`} /> },
      { key: "channel", title: t`渠道`, width: "150px", sort: (one) => one.channel_name, cell: (one) => one.channel_name },
      { key: "at", title: t`发布时间`, width: "118px", sort: (one) => one.at, cell: (one) => <When at={Date.parse(one.at)} form="ago" /> },
      { key: "receipt", title: t`链接`, width: "112px", cell: (one) => (lacksReceipt(one) ? <Chip tone="amber">{t`等链接`}</Chip> : one.url || one.note_id ? <span className="good">{t`有`}</span> : <span className="muted" title={t`那里发出去的东西没有链接`}>{t`不用`}</span>) },
    ]} />
  );
}
