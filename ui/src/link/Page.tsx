import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Link, photoUrl } from "../ipc";
import { Button, Card, Chip, contextMenu, EmptyState, FilterChip, IconButton, Loaded, type MenuEntry, Page, Picture, say, Segmented, SelectField, TextField, useUndoKey } from "../kit";
import { useChannels, usePosts } from "../post/api";
import { answers, grouped, useLinks, useRemoveLink } from "./api";
import { CreateLinkDialog } from "./CreateLinkDialog";
import css from "./link.module.css";
import { copied, LinkSheet } from "./LinkSheet";
import { kindWords } from "./words";

/** 链接: every tagged link by post or channel; the code is large because it is what orders are found by. `?post=3` shows one post's. */
export default function LinkPage() {
  const go = useNavigate();
  const asked = useSearch({ strict: false }) as { post?: number; add?: boolean; show?: number };
  const post = Number(asked.post) || null;
  const [channel, setChannel] = useState<number | null>(null);
  const [words, setWords] = useState("");
  const [by, setBy] = useState<"post" | "channel">("post");
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Link>();
  const links = useLinks({ post, channel });
  const channels = useChannels();
  const posts = usePosts(true);
  useEffect(() => { if (asked.add) { setMaking(true); void go({ to: "/link", replace: true, search: {} as never }); } }, [asked.add]);
  // From the palette: a link that was asked for by its code.
  useEffect(() => { const link = links.data?.find((one) => one.id === Number(asked.show)); if (link) { setShown(link); void go({ to: "/link", replace: true, search: {} as never }); } }, [asked.show, links.data]);
  useUndoKey((any) => say.done(any ? t`撤销了` : t`没有能撤销的了`));
  const items = useMemo(() => grouped((links.data ?? []).filter((link) => !words.trim() || answers(link, words.trim())), by), [links.data, words, by]);
  const filtered = post !== null || channel !== null || words.trim() !== "";
  const make = <Button kind="go" icon="plus" onClick={() => setMaking(true)} data-testid="link-create">{t`做一条链接`}</Button>;
  const about = posts.data?.find((one) => one.id === post);
  return (
    <Page still title={t`链接`} sub={links.data && t`${links.data.length} 条`} actions={make}
      bar={<>
        <Segmented label={t`怎么排`} value={by} onChange={setBy} options={[{ value: "post", label: t`按内容` }, { value: "channel", label: t`按渠道` }]} />
        <i className="rule" />
        {(channels.data?.length ?? 0) > 3
          ? <SelectField label="" placeholder={t`全部渠道`} value={channel === null ? null : String(channel)} onChange={(id) => setChannel(id ? Number(id) : null)} search clear options={(channels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
          : <>
            <FilterChip on={channel === null} onChange={() => setChannel(null)}>{t`全部渠道`}</FilterChip>
            {channels.data?.map((one) => <FilterChip key={one.id} on={channel === one.id} onChange={(on) => setChannel(on ? one.id : null)}>{one.name}</FilterChip>)}
          </>}
        {post !== null && <Chip tone="sky" icon="close" onClick={() => void go({ to: "/link", search: {} as never })}>{about?.title || t`这一篇`}</Chip>}
        <span className="push"><TextField label="" placeholder={t`编号、好物、优惠码`} value={words} onChange={setWords} /></span>
      </>}>
      <Loaded query={links} isEmpty={() => !items.length}
        empty={filtered
          ? <EmptyState drawing="chain" title={t`这里没有链接`} actions={make}>{t`换个词，或者现在做一条。`}</EmptyState>
          : <EmptyState drawing="chain" title={t`还没有链接`} actions={make}>{t`每篇、每个渠道一条自己的链接，订单来了才说得清是谁带来的。`}</EmptyState>}>
        {() => <Card pad={false} style={{ flex: 1, minHeight: 0, display: "flex" }}><List items={items} by={by} cover={(id) => posts.data?.find((one) => one.id === id)?.cover ?? null} onOpen={setShown} /></Card>}
      </Loaded>
      <CreateLinkDialog open={making} post={post ?? undefined} onClose={() => setMaking(false)} onDone={setShown} />
      <LinkSheet link={shown} onClose={() => setShown(undefined)} />
    </Page>
  );
}

function List({ items, by, cover, onOpen }: { items: ReturnType<typeof grouped>; by: "post" | "channel"; cover: (post: number) => number | null; onOpen: (link: Link) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const go = useNavigate();
  const remove = useRemoveLink();
  const menu = (link: Link): MenuEntry[] => [
    { label: t`二维码和详情`, icon: "qr", onClick: () => onOpen(link) },
    { label: t`复制编号`, icon: "copy", onClick: () => copied(link.code) },
    ...(link.url ? [{ label: t`复制链接`, icon: "copy" as const, onClick: () => copied(link.url) }] : []),
    ...(link.coupon ? [{ label: t`复制优惠码`, icon: "copy" as const, onClick: () => copied(link.coupon ?? "") }] : []),
    "rule",
    { label: t`看这一篇`, icon: "post", onClick: () => void go({ to: "/post/$id", params: { id: String(link.post) } }) },
    "rule", { label: t`拿掉这条链接`, icon: "trash", danger: true, onClick: () => void remove(link) },
  ];
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: (nth) => { const item = items[nth]; return item && "head" in item ? 58 : 52; }, overscan: 8, initialRect: { width: 1000, height: 640 }, getItemKey: (nth) => items[nth]?.key ?? nth });
  return (
    <div ref={box} className={css.list} role="list" aria-label={t`链接`}>
      <div style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const item = items[place.index];
          if (!item) return null;
          const style = { transform: `translateY(${place.start}px)`, height: place.size };
          if ("head" in item) {
            const id = item.head.post === undefined ? null : cover(item.head.post);
            return <div key={place.key} className={css.head} style={style}>{by === "post" && <Picture src={id === null ? null : photoUrl(id, "thumb")} alt="" width={27} style={{ borderRadius: 5, flex: "none" }} />}<b>{item.head.title || t`还没有标题`}</b><small>{t`${item.head.note} 条`}</small></div>;
          }
          const { link } = item;
          return (
            <div key={place.key} className={css.line} style={style} role="listitem" {...contextMenu(link.code, () => menu(link))}>
              <button type="button" className={css.code} onClick={() => copied(link.code)} title={t`复制编号`} aria-label={t`复制编号 ${link.code}`}>{link.code}</button>
              <button type="button" className={css.what} onClick={() => onOpen(link)}><span className="visually-hidden">{t`看链接 ${link.code}`}</span><span>{link.product_name}</span><small>{by === "post" ? link.channel_name : link.post_title || t`还没有标题`}</small></button>
              <Chip tone="sky">{kindWords(link.kind)}</Chip>
              <span className={css.url}>{link.url || <span className="muted">{t`文中不放链接`}</span>}</span>
              <span className={css.coupon}>{link.coupon && <Chip onClick={() => copied(link.coupon ?? "")} title={t`复制优惠码`} icon="copy">{link.coupon}</Chip>}</span>
              <span className={css.acts}>
                <IconButton small label={t`复制链接`} icon="copy" disabled={!link.url} onClick={() => copied(link.url)} />
                <IconButton small label={t`二维码和详情`} icon="qr" onClick={() => onOpen(link)} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
