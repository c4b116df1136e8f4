import { t } from "@lingui/core/macro";
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type Checked, type Count, photoUrl, type Rendered, type Rules } from "../ipc";
import { IconButton } from "../kit";
import css from "./phone.module.css";

/** The first letter of the account's own name, for its round picture. */
const initial = (name: string) => [...(name.split("·").at(-1) ?? name).trim()][0] ?? "草";
const owner = (name: string) => (name.split("·").at(-1) ?? name).trim();
const tagged = (rendered: Rendered, rules: Rules | undefined) => rendered.tags.map((tag) => (rules?.topic_syntax || "#{}").replace("{}", tag).trim());

/** The phone scrolls, so the keyboard must reach it. */
const reach = () => ({ tabIndex: 0, role: "group", "aria-label": t`手机里的样子，上下键翻` });

type Look = { rendered: Rendered; rules?: Rules; channelName: string };

/**
 * The post as the chosen channel shows it, in a phone. What it looks like follows from what the platform takes: HTML, a chat, a feed, a poster, or a
 * note with pictures. Every field of what is packed stands here once, as it is packed: nothing is put together anew.
 */
export const Phone = memo(function Phone({ rendered, rules, channelName }: Look) {
  const chat = rendered.platform === "wechat_group";
  const feed = ["wechat_moments", "weibo", "x", "threads", "facebook", "bilibili_dynamic"].includes(rendered.platform) || (rules && !rules.has_title && !chat);
  const Kind = rendered.html !== null ? Article : chat ? Chat : rules?.printed ? Poster : feed ? Feed : Note;
  return <div className={css.phone} data-testid="post-preview"><Kind rendered={rendered} rules={rules} channelName={channelName} /></div>;
});

/** Topics that are chosen beside the text; where they are written into it they stand there already. */
const Tags = ({ rendered, rules }: { rendered: Rendered; rules?: Rules }) => rendered.tags.length > 0 && !rules?.topics_in_body && <p className={css.tags} data-part="tags">{tagged(rendered, rules).join(" ")}</p>;
const Body = ({ rendered }: { rendered: Rendered }) => <div className={css.body} data-part="body">{rendered.body}</div>;

/** One picture as it is packed: edited as the channel gets it, cropped around what it keeps in view, or whole on white. */
function Shot({ rendered, nth, size, alt, square }: { rendered: Rendered; nth: number; size: "thumb" | "preview"; alt: string; square?: boolean }) {
  const id = rendered.photos[nth] ?? 0;
  const [x, y] = rendered.focus[nth] ?? [0.5, 0.5];
  const middle = (share: number | null) => `${(share ?? 0.5) * 100}%`;
  const whole = !square && rendered.padded.includes(id);
  return <img src={photoUrl(id, size, undefined, rendered.channel)} alt={alt} loading="lazy" draggable={false} data-whole={whole || undefined} style={{ objectFit: whole ? "contain" : undefined, objectPosition: `${middle(x)} ${middle(y)}` }} />;
}

function Note({ rendered, rules, channelName }: Look) {
  return (
    <div className={css.screen} {...reach()}>
      <div className={css.account}><i>{initial(channelName)}</i>{owner(channelName)}<span>{t`关注`}</span></div>
      {rendered.photos.length > 0 ? <Carousel rendered={rendered} rules={rules} /> : <div className={css.bare}>{t`还没有图片`}</div>}
      <div className={css.words}>
        {rendered.title ? <h3 data-part="title">{rendered.title}</h3> : <h3 className={css.pale}>{t`还没有标题`}</h3>}
        <Body rendered={rendered} />
        <Tags rendered={rendered} rules={rules} />
      </div>
    </div>
  );
}

/** Pictures side by side, one at a time, with dots, in the frame they are packed in. */
function Carousel({ rendered, rules }: { rendered: Rendered; rules?: Rules }) {
  const { photos } = rendered;
  const [at, setAt] = useState(0);
  const strip = useRef<HTMLDivElement>(null);
  const go = (to: number) => strip.current?.scrollTo({ left: to * strip.current.clientWidth, behavior: "smooth" });
  const now = Math.min(at, photos.length - 1);
  const frame = rules?.images && rules.images.fit !== "inside" ? rules.images.width / rules.images.height : 3 / 4;
  return (
    <div className={css.carousel}>
      <div ref={strip} className={css.strip} data-sideways tabIndex={0} role="group" aria-label={t`图片，左右键翻`} onScroll={({ currentTarget }) => setAt(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))}>
        {photos.map((id, nth) => <span key={`${id}-${nth}`}><span style={{ aspectRatio: frame }}><Shot rendered={rendered} nth={nth} size="preview" alt={t`第 ${nth + 1} 张`} /></span></span>)}
      </div>
      <em>{now + 1}/{photos.length}</em>
      {now > 0 && <IconButton className={css.left} small label={t`上一张`} icon="back" onClick={() => go(now - 1)} />}
      {now < photos.length - 1 && <IconButton className={css.right} small label={t`下一张`} icon="next" onClick={() => go(now + 1)} />}
      {photos.length > 1 && <div className={css.dots}>{photos.map((id, nth) => <i key={`${id}-${nth}`} data-on={nth === now || undefined} />)}</div>}
    </div>
  );
}

function Feed({ rendered, rules, channelName }: Look) {
  const { photos } = rendered;
  return (
    <div className={css.screen} {...reach()}>
      <div className={css.moment}>
        <i className={css.face}>{initial(channelName)}</i>
        <div>
          <b>{owner(channelName)}</b>
          {rendered.title && <h3 data-part="title">{rendered.title}</h3>}
          <Body rendered={rendered} />
          <Tags rendered={rendered} rules={rules} />
          {photos.length > 0 && <div className={css.nine} data-one={photos.length === 1 || undefined} data-four={photos.length === 4 || undefined}>{photos.slice(0, 9).map((id, nth) => <Shot key={`${id}-${nth}`} rendered={rendered} nth={nth} size="thumb" alt="" square />)}</div>}
          {photos.length > 9 && <small>{t`另有 ${photos.length - 9} 张`}</small>}
          <small>{t`刚刚`}</small>
        </div>
      </div>
    </div>
  );
}

function Chat({ rendered, channelName }: Look) {
  const bubble = (key: string, body: ReactNode) => <div key={key} className={css.said}><i className={css.face}>{initial(channelName)}</i>{body}</div>;
  return (
    <div className={`${css.screen} ${css.chat}`} {...reach()}>
      <div className={css.chatHead}>{owner(channelName)}</div>
      {rendered.body && bubble("words", <p data-part="body">{rendered.body}</p>)}
      {rendered.photos.map((id, nth) => bubble(`${id}-${nth}`, <Shot rendered={rendered} nth={nth} size="thumb" alt="" />))}
    </div>
  );
}

/** What is printed and put up. */
function Poster({ rendered }: Look) {
  return (
    <div className={`${css.screen} ${css.poster}`} {...reach()}>
      {rendered.title ? <h3 data-part="title">{rendered.title}</h3> : <h3 className={css.pale}>{t`还没有标题`}</h3>}
      {rendered.photos.length > 0 && <Shot rendered={rendered} nth={0} size="preview" alt="" />}
      <Body rendered={rendered} />
    </div>
  );
}

/** Article HTML, shut in a frame: no scripts, no styles of ours. `photo:ID` becomes the picture, as the channel gets it. */
export const withPhotos = (html: string, channel?: number) => html.replace(/(["'(])photo:(\d+)/g, (_, mark: string, id: string) => mark + photoUrl(id, "preview", undefined, channel));

function Article({ rendered, channelName }: Look) {
  const page = useMemo(() => {
    const safe = rendered.title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const name = owner(channelName).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return `<!doctype html><meta charset="utf-8"><style>body{margin:0;padding:20px 16px 32px;font:15px/1.75 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;background:#fff;overflow-wrap:anywhere}img{max-width:100%}h1.t{font-size:20px;line-height:1.4;margin:0 0 10px}p.n{color:#576b95;font-size:13px;margin:0 0 18px}::-webkit-scrollbar{width:0}</style><h1 class="t">${safe}</h1><p class="n">${name}</p>${withPhotos(rendered.html ?? "", rendered.channel)}`;
  }, [rendered, channelName]);
  const [height, setHeight] = useState(0);
  const watch = useRef<ResizeObserver>(undefined);
  useEffect(() => () => watch.current?.disconnect(), []);
  // The frame is as tall as its page and lets the pointer through: the phone around it scrolls, and no browser's own menu comes up inside.
  const measure = (frame: HTMLIFrameElement) => {
    const inside = frame.contentDocument?.documentElement;
    if (!inside) return;
    const tell = () => setHeight(inside.scrollHeight);
    tell();
    watch.current?.disconnect();
    watch.current = new ResizeObserver(tell);
    watch.current.observe(inside);
  };
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
  return <div className={css.screen} tabIndex={0} role="group" aria-label={t`公众号文章`}><iframe className={css.article} title={t`公众号文章`} sandbox="allow-same-origin" srcDoc={page} tabIndex={-1} style={{ height: Math.max(height, 400) }} onLoad={(event) => measure(event.currentTarget)} /></div>;
}

const fieldWords = (field: string) => ({ title: t`标题`, body: t`正文`, images: t`图片`, topics: t`话题`, html: t`代码长度`, digest: t`摘要`, links: t`链接` })[field] ?? field;
/** How a count stands to its limits. */
export const standing = ({ count, warn, limit }: Count) => (limit !== null && count > limit ? "over" : warn !== null && count > warn ? "near" : "fine");

/** The counters of the channel: title, text, pictures, topics. */
export const Counters = memo(function Counters({ checked }: { checked: Checked | undefined }) {
  const counts = checked?.counts ?? [];
  return (
    <div className={css.counters} style={{ gridTemplateColumns: `repeat(${Math.max(1, Math.min(4, counts.length))}, minmax(0, 1fr))` }}>
      {counts.slice(0, 4).map((count) => (
        <div key={count.field} data-standing={standing(count)} title={count.hard || count.limit === null ? undefined : t`这个上限未核实，只提醒，不拦`}>
          <b className="num">{count.count}{count.limit !== null && <span>/{count.limit}</span>}</b>{fieldWords(count.field)}{!count.hard && count.limit !== null && <sup>*</sup>}
        </div>
      ))}
      {!counts.length && <div><b className="num">–</b>{t`计数`}</div>}
    </div>
  );
});
