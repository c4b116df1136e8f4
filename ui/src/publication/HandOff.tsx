import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { type BundleRecord, type ChannelInfo, copyHtml, copyText, photoUrl, type PostSummary, revealFile } from "../ipc";
import { Button, Check, Drawer, ErrorState, Picture, say, Skeleton } from "../kit";
import { useRendered, useRules } from "../post/api";
import { pasteable } from "./paste";
import css from "./publication.module.css";

type Props = { bundle: BundleRecord | undefined; post: PostSummary | undefined; channel: ChannelInfo | undefined; onClose: () => void; onOut: () => void };

/** Step by step from the bundle onto the platform: pictures, title, text, topics one by one, what to tick. */
export function HandOff({ bundle, post, channel, onClose, onOut }: Props) {
  return (
    <Drawer open={bundle !== undefined} onClose={onClose} title={channel ? t`发到 ${channel.name}` : t`发出去`} size={520}
      actions={<><Button onClick={onClose}>{t`晚点再发`}</Button><Button kind="go" icon="check" onClick={onOut} data-testid="publication-out">{t`发出去了`}</Button></>}>
      {bundle && <Steps key={bundle.id} bundle={bundle} post={post} channel={channel} />}
    </Drawer>
  );
}

function Steps({ bundle, post, channel }: { bundle: BundleRecord; post: PostSummary | undefined; channel: ChannelInfo | undefined }) {
  const rendered = useRendered(bundle.post, bundle.channel);
  const rules = useRules(channel?.platform);
  const go = useNavigate();
  const [done, setDone] = useState<Record<string, boolean>>({});
  const [tag, setTag] = useState(0);
  const [ticked, setTicked] = useState<string[]>([]);
  useEffect(() => setTag(0), [bundle.id]);
  const mark = (step: string) => setDone((was) => ({ ...was, [step]: true }));
  const copy = async (step: string, text: string) => {
    try { await copyText(text); mark(step); } catch (error) { say.failed(error); }
  };
  if (rendered.error) return <ErrorState error={rendered.error} onRetry={() => void rendered.refetch()} kept={t`发包里的文件都在。`} />;
  if (!rendered.data) return <Skeleton shape="page" />;
  const { title, body, tags, html, photos } = rendered.data;
  const later = post && Date.parse(post.updated_at) > Date.parse(bundle.created_at);
  const topic = (nth: number) => (rules.data?.topic_syntax || "#{}").replace("{}", tags[nth] ?? "");
  let nth = 0;
  return (
    <ol className={css.steps}>
      {later && <li className={css.note}><p>{t`打包之后正文又改过，下面是现在的文字。图片要更新的话，重新打包一次。`}</p><Button small onClick={() => void go({ to: "/post/$id", params: { id: String(bundle.post) } })}>{t`回到这一篇`}</Button></li>}
      {photos.length > 0 && (
        <Step nth={++nth} name={t`图片，按这个顺序`} done={done.photos} actions={<Button small icon="folder" onClick={() => revealFile(bundle.path).then(() => mark("photos"), say.failed)}>{t`打开文件夹`}</Button>}>
          <div className={css.shots}>{photos.slice(0, 12).map((id, at) => <Picture key={`${id}-${at}`} src={photoUrl(id, "thumb")} alt="" width={52} style={{ borderRadius: 7 }} marks={[{ text: `${at + 1}` }]} />)}{photos.length > 12 && <small>+{photos.length - 12}</small>}</div>
        </Step>
      )}
      {title && <Step nth={++nth} name={t`标题`} done={done.title} actions={<Button small icon="copy" onClick={() => void copy("title", title)}>{t`复制标题`}</Button>}><p>{title}</p></Step>}
      {html !== null
        ? <Step nth={++nth} name={t`正文`} done={done.body} actions={<Button small icon="copy" onClick={() => void pasteable(html).then((page) => copyHtml(page, body)).then(() => mark("body"), say.failed)}>{t`复制到公众号`}</Button>}><p className={css.clip}>{body}</p><small>{t`到公众号编辑器里粘贴，样式和图片都在。`}</small></Step>
        : body && <Step nth={++nth} name={t`正文`} done={done.body} actions={<Button small icon="copy" onClick={() => void copy("body", body)}>{t`复制正文`}</Button>}><p className={css.clip}>{body}</p></Step>}
      {tags.length > 0 && (
        <Step nth={++nth} name={t`话题`} done={tag >= tags.length}
          actions={<Button small icon="copy" onClick={() => void copy("tags", topic(tag % tags.length)).then(() => setTag((was) => (was % tags.length) + 1))}>{tag >= tags.length ? t`再来一遍` : tag ? t`复制下一个话题` : t`复制第一个话题`}</Button>}>
          <p className={css.tags}>{tags.map((word, at) => <span key={word} data-done={at < tag || undefined} data-next={at === tag || undefined}>#{word}</span>)}</p>
          <small>{t`一个一个贴，从下拉里选中，才是真的话题。`}</small>
        </Step>
      )}
      {(rules.data?.declarations?.length ?? 0) > 0 && (
        <Step nth={++nth} name={t`发之前勾一下`} done={ticked.length === rules.data?.declarations?.length}>
          <div className="pile" style={{ gap: 8 }}>{rules.data?.declarations?.map((words) => <Check key={words} label={words} on={ticked.includes(words)} onChange={(on) => setTicked(on ? [...ticked, words] : ticked.filter((one) => one !== words))} />)}</div>
        </Step>
      )}
    </ol>
  );
}

function Step({ nth, name, done, actions, children }: { nth: number; name: string; done?: boolean; actions?: ReactNode; children: ReactNode }) {
  return <li className={css.step} data-done={done || undefined}><i className="num">{done ? "✓" : nth}</i><div><header><b>{name}</b>{actions}</header>{children}</div></li>;
}
