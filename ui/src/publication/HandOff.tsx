import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { type BundleRecord, type ChannelInfo, commands, copyHtml, copyText, photoUrl, pickSave, type PostSummary, type Rendered, revealFile, type Step, unwrap } from "../ipc";
import { Button, Check, Drawer, ErrorState, Picture, say, Skeleton } from "../kit";
import { useHandOff } from "../post/api";
import { useAddPublication } from "./api";
import { pasteable } from "./paste";
import css from "./publication.module.css";

type Props = { bundle: BundleRecord | undefined; post: PostSummary | undefined; channel: ChannelInfo | undefined; onClose: () => void; onOut: () => void };

/** Step by step from the bundle onto the platform, in the order and with the words of the bundle's own checklist. */
export function HandOff({ bundle, post, channel, onClose, onOut }: Props) {
  const handoff = useHandOff(bundle?.post ?? 0, bundle?.channel);
  const add = useAddPublication();
  const receipt = handoff.data?.receipt ?? true;
  // Where nothing can be pasted back, a tick and this moment are the whole record.
  const tick = () => bundle && add.mutate({ post: bundle.post, channel: bundle.channel, at: new Date().toISOString() }, { onSuccess: () => { say.done(t`记下了，从现在开始算归因`); onClose(); }, onError: (error) => say.failed(error) });
  return (
    <Drawer open={bundle !== undefined} onClose={onClose} title={channel ? t`发到 ${channel.name}` : t`发出去`} size={520}
      actions={<>
        <Button onClick={onClose}>{t`晚点再发`}</Button>
        {!receipt && <Button kind="quiet" onClick={onOut}>{t`换个时间记`}</Button>}
        <Button kind="go" icon="check" busy={add.isPending} onClick={receipt ? onOut : tick} data-testid="publication-out">{receipt ? t`发出去了` : t`刚发出去了`}</Button>
      </>}>
      {bundle && (handoff.error ? <ErrorState error={handoff.error} onRetry={() => void handoff.refetch()} kept={t`发包里的文件都在。`} />
        : handoff.data ? <Steps key={bundle.id} bundle={bundle} post={post} rendered={handoff.data.rendered} steps={handoff.data.steps} />
        : <Skeleton shape="page" />)}
    </Drawer>
  );
}

/** A step with what is done in the window; what only happens on the platform is a tick. */
function Steps({ bundle, post, rendered, steps }: { bundle: BundleRecord; post: PostSummary | undefined; rendered: Rendered; steps: Step[] }) {
  const go = useNavigate();
  const [done, setDone] = useState<Record<number, boolean>>({});
  const later = post && Date.parse(post.updated_at) > Date.parse(bundle.created_at);
  const reveal = () => revealFile(bundle.path);
  return (
    <ol className={css.steps}>
      {later && <li className={css.note}><p>{t`打包之后正文又改过，下面是现在的文字。图片要更新的话，重新打包一次。`}</p><Button small onClick={() => void go({ to: "/post/$id", params: { id: String(bundle.post) } })}>{t`回到这一篇`}</Button></li>}
      {steps.map((step, nth) => {
        const mark = (on = true) => setDone((was) => ({ ...was, [nth]: on }));
        const act = (work: () => Promise<unknown>) => void work().then(() => mark(), say.failed);
        return <One key={`${step.kind}${nth}`} nth={nth + 1} step={step} rendered={rendered} done={Boolean(done[nth])} onDone={mark} onAct={act} reveal={reveal} />;
      })}
    </ol>
  );
}

type OneProps = { nth: number; step: Step; rendered: Rendered; done: boolean; onDone: (on?: boolean) => void; onAct: (work: () => Promise<unknown>) => void; reveal: () => Promise<void> };

function One({ nth, step, rendered, done, onDone, onAct, reveal }: OneProps) {
  const copy = (words: string, text: string) => <Button small icon="copy" onClick={() => onAct(() => copyText(text))}>{words}</Button>;
  const folder = <Button small icon="folder" onClick={() => onAct(reveal)}>{t`打开文件夹`}</Button>;
  const part = (name: string, actions: ReactNode, inside?: ReactNode) => <Part nth={nth} name={name} done={done} onDone={onDone} actions={actions}>{inside ?? <p>{step.say}</p>}</Part>;
  const text = step.copy ?? "";
  switch (step.kind) {
    case "pictures": return part(t`图片，按这个顺序`, folder, <><p>{step.say}</p><Shots rendered={rendered} /></>);
    case "title": return part(t`标题`, copy(t`复制标题`, text), <p>{text}</p>);
    case "body": return part(t`正文`, copy(t`复制正文`, text), <p className={css.clip} tabIndex={0}>{text}</p>);
    case "article": return part(t`正文`, <Button small icon="copy" onClick={() => onAct(async () => copyHtml(await pasteable(rendered.html ?? "", rendered.channel), rendered.body))}>{t`复制文章`}</Button>, <><p className={css.clip} tabIndex={0}>{rendered.body}</p><small>{t`到编辑器里粘贴，样式和图片都在。图片没带过去的，照编号从文件夹里换。`}</small></>);
    case "article_pictures": return part(t`文中的图片`, folder, <><p>{step.say}</p><Shots rendered={rendered} /></>);
    case "cover": return part(t`封面`, folder);
    case "topics": return <Topics nth={nth} step={step} done={done} onDone={onDone} />;
    case "topics_in_body": return part(t`话题`, null);
    case "link": return part(t`链接`, text ? copy(t`复制链接`, text) : null, <><p>{step.say}</p><p className={css.clip} tabIndex={0}>{text}</p></>);
    case "coupon": return part(t`优惠码`, copy(t`复制优惠码`, text));
    case "qr": return part(t`二维码`, <>{folder}{step.link !== null && <Button small icon="import" onClick={() => onAct(() => saveQr(step.link ?? 0))}>{t`存成 PNG`}</Button>}</>);
    case "card": return part(t`商品`, copy(t`复制编号`, text));
    case "word": return part(t`口令`, copy(t`复制编号`, text));
    case "declaration": return part(t`发之前勾一下`, null, <><p>{step.say}</p>{step.items.length > 0 && <Boxes of={step.items} onAll={onDone} />}</>);
    case "mark": return part(t`「广告」`, null);
    case "note": return part(t`不放链接`, null);
    case "look": return part(t`再看一遍`, null);
    case "receipt": return part(t`发出去以后`, null);
  }
}

async function saveQr(link: number) {
  const file = await pickSave(t`保存二维码`, "qr.png");
  if (!file) return;
  await unwrap(commands.saveLinkQr(link, file));
  say.done(t`二维码存好了`);
}

const Shots = ({ rendered: { photos, channel } }: { rendered: Rendered }) => (
  <div className={css.shots}>{photos.slice(0, 12).map((id, at) => <Picture key={`${id}-${at}`} src={photoUrl(id, "thumb", undefined, channel)} alt="" width={52} style={{ borderRadius: 7 }} marks={[{ text: `${at + 1}` }]} />)}{photos.length > 12 && <small>+{photos.length - 12}</small>}</div>
);

/** Only the boxes that hold for this post: ticking all that a platform offers would be untrue. */
function Boxes({ of, onAll }: { of: string[]; onAll: (on: boolean) => void }) {
  const [ticked, setTicked] = useState<string[]>([]);
  const tick = (box: string, on: boolean) => { const next = on ? [...ticked, box] : ticked.filter((one) => one !== box); setTicked(next); onAll(next.length === of.length); };
  return <div className="pile" style={{ gap: 8, marginTop: 8 }}>{of.map((box) => <Check key={box} label={box} on={ticked.includes(box)} onChange={(on) => tick(box, on)} />)}</div>;
}

/** Topics are chosen one by one: each press copies the next. */
function Topics({ nth, step, done, onDone }: { nth: number; step: Step; done: boolean; onDone: (on?: boolean) => void }) {
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [step.items.length]);
  const all = step.items.length;
  const next = async () => {
    try { await copyText(step.items[at % all] ?? ""); } catch (error) { return say.failed(error); }
    const then = (at % all) + 1;
    setAt(then);
    if (then === all) onDone();
  };
  return (
    <Part nth={nth} name={t`话题`} done={done} onDone={onDone} actions={<Button small icon="copy" onClick={() => void next()}>{at >= all ? t`再来一遍` : at ? t`复制下一个话题` : t`复制第一个话题`}</Button>}>
      <p className={css.tags}>{step.items.map((word, one) => <span key={word} data-done={one < at || undefined} data-next={one === at || undefined}>{word}</span>)}</p>
      <small>{step.say}</small>
    </Part>
  );
}

function Part({ nth, name, done, onDone, actions, children }: { nth: number; name: string; done: boolean; onDone: (on: boolean) => void; actions?: ReactNode; children: ReactNode }) {
  return <li className={css.step} data-done={done || undefined}><button type="button" className="num" aria-pressed={done} aria-label={t`第 ${nth} 步，${name}`} onClick={() => onDone(!done)}>{done ? "✓" : nth}</button><div><header><b>{name}</b>{actions && <span className="row">{actions}</span>}</header>{children}</div></li>;
}
