import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { photoUrl, type PostSummary } from "../ipc";
import { Button, Chip, contextMenu, EmptyState, FilterChip, formatWhen, Loaded, type MenuEntry, Page, Picture, say, TextField, useKeys } from "../kit";
import { ms, useEditPost, usePosts, useProducts, useStartPost } from "./api";
import { ProductPicker } from "./Pickers";
import css from "./post.module.css";

type Stand = "all" | "draft" | "out" | "archived";

/** 写作: every post by its cover, newest edit first. `?product=3` starts one about that product. */
export default function PostPage() {
  const go = useNavigate();
  const asked = useSearch({ strict: false }) as { product?: number };
  const [stand, setStand] = useState<Stand>("all");
  const [words, setWords] = useState("");
  const [picking, setPicking] = useState(false);
  const posts = usePosts(stand === "archived");
  const start = useStartPost();
  const open = (id: number) => void go({ to: "/post/$id", params: { id: String(id) } });
  const begin = (products: number[] = []) => start.mutate({ products }, { onSuccess: open, onError: (error) => say.failed(error) });

  useEffect(() => {
    const product = Number(asked.product);
    if (product > 0) { void go({ to: "/post", replace: true, search: {} as never }); begin([product]); }
  }, [asked.product]);
  useKeys("N", () => begin());

  const shown = useMemo(() => (posts.data ?? []).filter((post) =>
    (stand === "archived" ? post.archived : !post.archived) && (stand !== "draft" || !post.publications) && (stand !== "out" || post.publications > 0)
    && (!words.trim() || `${post.title} ${post.excerpt}`.toLowerCase().includes(words.trim().toLowerCase()))), [posts.data, stand, words]);

  const buttons = <>
    <Button icon="product" onClick={() => setPicking(true)}>{t`从好物写起`}</Button>
    <Button kind="go" icon="plus" busy={start.isPending} onClick={() => begin()} data-testid="post-new">{t`写一篇`}</Button>
  </>;
  const filter = (value: Stand, label: string) => <FilterChip on={stand === value} onChange={() => setStand(value)}>{label}</FilterChip>;
  return (
    <Page still title={t`写作`} sub={posts.data && t`${shown.length} 篇`} actions={buttons}
      bar={<>{filter("all", t`全部`)}{filter("draft", t`还没发`)}{filter("out", t`发过的`)}{filter("archived", t`归档`)}<span className="push"><TextField label="" placeholder={t`在这里找标题和正文`} value={words} onChange={setWords} /></span></>}>
      <Loaded query={posts} shape="cards" isEmpty={() => !shown.length}
        empty={words || stand !== "all"
          ? <EmptyState drawing="page" title={t`这里没有`}>{t`换个词，或者看看全部。`}</EmptyState>
          : <EmptyState drawing="page" title={t`写第一篇`} actions={buttons}>{t`左边是证据，中间写字，右边看它发出去的样子。写下的每个字都自动保存。`}</EmptyState>}>
        {() => <Wall posts={shown} onOpen={open} />}
      </Loaded>
      <ProductPicker open={picking} onClose={() => setPicking(false)} chosen={[]} yes={t`开始写`} onYes={begin} />
    </Page>
  );
}

/** Cards in rows; only the rows in view are drawn. */
function Wall({ posts, onOpen }: { posts: PostSummary[]; onOpen: (id: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1080);
  const products = useProducts();
  const names = useMemo(() => new Map(products.data?.map((one) => [one.id, one.name])), [products.data]);
  const edit = useEditPost();
  const restore = (post: PostSummary) => edit.mutate({ id: post.id, patch: { archived: false } }, { onSuccess: () => say.done(t`放回来了`), onError: (error) => say.failed(error) });
  const archive = (post: PostSummary) => edit.mutate({ id: post.id, patch: { archived: true } }, { onSuccess: () => say.done(t`已归档`, () => edit.mutateAsync({ id: post.id, patch: { archived: false } })), onError: (error) => say.failed(error) });
  const go = useNavigate();
  const menu = (post: PostSummary): MenuEntry[] => [
    { label: t`打开`, icon: "open", onClick: () => onOpen(post.id) },
    { label: t`打包发布`, icon: "export", onClick: () => void go({ to: "/post/$id", params: { id: String(post.id) }, search: { export: true } } as never) },
    { label: t`这篇的链接`, icon: "link", onClick: () => void go({ to: "/link", search: { post: post.id } as never }) },
    "rule",
    post.archived ? { label: t`放回来`, icon: "undo", onClick: () => restore(post) } : { label: t`归档`, icon: "folder", onClick: () => archive(post) },
  ];
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const columns = Math.max(2, Math.floor((width + 18) / 214));
  const rows = useMemo(() => Array.from({ length: Math.ceil(posts.length / columns) }, (_, nth) => posts.slice(nth * columns, (nth + 1) * columns)), [posts, columns]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ((width - (columns - 1) * 18) / columns) * (4 / 3) + 130, overscan: 2, initialRect: { width: 1080, height: 700 } });
  return (
    <div ref={box} style={{ flex: 1, minHeight: 0, overflowY: "auto", padding: "4px 4px 0" }}>
      <div style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={css.row} style={{ position: "absolute", left: 0, right: 0, transform: `translateY(${item.start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {rows[item.index]?.map((post) => (
              <button type="button" key={post.id} className={css.one} onClick={() => onOpen(post.id)} {...contextMenu(post.title || t`还没有标题`, () => menu(post))}>
                {post.cover !== null
                  ? <span className={css.pic}><Picture src={photoUrl(post.cover, "thumb")} alt="" marks={post.photos > 1 ? [{ text: t`${post.photos} 张` }] : undefined} style={{ borderRadius: 12 }} /></span>
                  : <span className={css.sheetCover}>{post.excerpt || t`还没有写`}</span>}
                <b>{post.title || <span className="muted">{t`还没有标题`}</span>}</b>
                {post.cover !== null && post.excerpt && <p>{post.excerpt}</p>}
                <span className={css.meta}>
                  {post.publications > 0 ? <Chip tone="sprout">{t`发过 ${post.publications} 次`}</Chip> : <Chip>{t`草稿`}</Chip>}
                  <span className="cell">{post.products.map((id) => names.get(id)).filter(Boolean).join("、") || formatWhen(ms(post.updated_at), "ago")}</span>
                  {post.archived && <span role="link" tabIndex={0} className="good" onClick={(event) => { event.stopPropagation(); restore(post); }} onKeyDown={(event) => { if (event.key === "Enter") { event.stopPropagation(); restore(post); } }}>{t`放回来`}</span>}
                </span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
