import { t } from "@lingui/core/macro";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { type Checked, type Count, photoUrl, type Rendered, type Rules } from "../ipc";
import { IconButton } from "../kit";
import css from "./phone.module.css";

/** The first letter of the account's own name, for its round picture. */
const initial = (name: string) => [...(name.split("·").at(-1) ?? name).trim()][0] ?? "草";
const owner = (name: string) => (name.split("·").at(-1) ?? name).trim();
const tagged = (rendered: Rendered, rules: Rules | undefined) => rendered.tags.map((tag) => (rules?.topic_syntax || "#{}").replace("{}", tag).trim());

type Look = { rendered: Rendered; rules?: Rules; channelName: string };

/** The post as the chosen channel shows it, in a phone. What it looks like follows from what the platform takes: HTML, a chat, a feed, or a note with pictures. */
export function Phone({ rendered, rules, channelName }: Look) {
  const chat = rendered.platform === "wechat_group";
  const feed = ["wechat_moments", "weibo", "x", "threads", "facebook", "bilibili_dynamic"].includes(rendered.platform) || (rules && !rules.has_title && !chat);
  return (
    <div className={css.phone} data-testid="post-preview">
      {rendered.html !== null
        ? <Article rendered={rendered} channelName={channelName} />
        : chat ? <Chat rendered={rendered} rules={rules} channelName={channelName} />
        : feed ? <Feed rendered={rendered} rules={rules} channelName={channelName} />
        : <Note rendered={rendered} rules={rules} channelName={channelName} />}
    </div>
  );
}

const Tags = ({ rendered, rules }: { rendered: Rendered; rules?: Rules }) => rendered.tags.length > 0 && <p className={css.tags}>{tagged(rendered, rules).join(" ")}</p>;

function Note({ rendered, rules, channelName }: Look) {
  return (
    <div className={css.screen}>
      <div className={css.account}><i>{initial(channelName)}</i>{owner(channelName)}<span>{t`关注`}</span></div>
      {rendered.photos.length > 0 ? <Carousel photos={rendered.photos} /> : <div className={css.bare}>{t`还没有图片`}</div>}
      <div className={css.words}>
        {rendered.title ? <h3>{rendered.title}</h3> : <h3 className={css.pale}>{t`还没有标题`}</h3>}
        <div className={css.body}>{rendered.body}</div>
        <Tags rendered={rendered} rules={rules} />
      </div>
    </div>
  );
}

/** Pictures side by side, one at a time, with dots. */
function Carousel({ photos }: { photos: number[] }) {
  const [at, setAt] = useState(0);
  const strip = useRef<HTMLDivElement>(null);
  const go = (to: number) => strip.current?.scrollTo({ left: to * strip.current.clientWidth, behavior: "smooth" });
  const now = Math.min(at, photos.length - 1);
  return (
    <div className={css.carousel}>
      <div ref={strip} className={css.strip} data-sideways tabIndex={0} role="group" aria-label={t`图片，左右键翻`} onScroll={({ currentTarget }) => setAt(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))}>
        {photos.map((id, nth) => <img key={`${id}-${nth}`} src={photoUrl(id, "preview")} alt={t`第 ${nth + 1} 张`} loading="lazy" draggable={false} />)}
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
    <div className={css.screen}>
      <div className={css.moment}>
        <i className={css.face}>{initial(channelName)}</i>
        <div>
          <b>{owner(channelName)}</b>
          {rendered.title && <h3>{rendered.title}</h3>}
          <div className={css.body}>{rendered.body}</div>
          <Tags rendered={rendered} rules={rules} />
          {photos.length > 0 && <div className={css.nine} data-one={photos.length === 1 || undefined} data-four={photos.length === 4 || undefined}>{photos.slice(0, 9).map((id, nth) => <img key={`${id}-${nth}`} src={photoUrl(id, "thumb")} alt="" loading="lazy" />)}</div>}
          <small>{t`刚刚`}</small>
        </div>
      </div>
    </div>
  );
}

function Chat({ rendered, rules, channelName }: Look) {
  const bubble = (key: string, body: ReactNode) => <div key={key} className={css.said}><i className={css.face}>{initial(channelName)}</i>{body}</div>;
  return (
    <div className={`${css.screen} ${css.chat}`}>
      <div className={css.chatHead}>{owner(channelName)}</div>
      {(rendered.title || rendered.body) && bubble("words", <p>{rendered.title && <b>{rendered.title}{"\n"}</b>}{rendered.body}{rendered.tags.length ? `\n${tagged(rendered, rules).join(" ")}` : ""}</p>)}
      {rendered.photos.slice(0, 9).map((id, nth) => bubble(`${id}-${nth}`, <img src={photoUrl(id, "thumb")} alt="" loading="lazy" />))}
    </div>
  );
}

/** Article HTML, shut in a frame: no scripts, no styles of ours. `photo:ID` becomes the picture. */
export const withPhotos = (html: string) => html.replace(/(["'(])photo:(\d+)/g, (_, mark: string, id: string) => mark + photoUrl(id, "preview"));

function Article({ rendered, channelName }: Look) {
  const page = useMemo(() => {
    const safe = rendered.title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const name = owner(channelName).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return `<!doctype html><meta charset="utf-8"><style>body{margin:0;padding:20px 16px 32px;font:15px/1.75 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;background:#fff;overflow-wrap:anywhere}img{max-width:100%}h1.t{font-size:20px;line-height:1.4;margin:0 0 10px}p.n{color:#576b95;font-size:13px;margin:0 0 18px}::-webkit-scrollbar{width:0}</style><h1 class="t">${safe}</h1><p class="n">${name}</p>${withPhotos(rendered.html ?? "")}`;
  }, [rendered, channelName]);
  return <iframe className={css.article} title={t`公众号文章`} sandbox="" srcDoc={page} />;
}

const fieldWords = (field: string) => ({ title: t`标题`, body: t`正文`, images: t`图片`, topics: t`话题`, html: t`代码长度`, digest: t`摘要`, links: t`链接` })[field] ?? field;
/** How a count stands to its limits. */
export const standing = ({ count, warn, limit }: Count) => (limit !== null && count > limit ? "over" : warn !== null && count > warn ? "near" : "fine");

/** The counters of the channel: title, text, pictures, topics. */
export function Counters({ checked }: { checked: Checked | undefined }) {
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
}
