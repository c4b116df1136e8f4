import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type ChannelInfo, commands, type Post, unwrap, type Version } from "../ipc";
import { Button, Chip, Drawer, EmptyState, formatWhen, Loaded, say, TextField } from "../kit";
import { ms, useNameVersion, useRestore, useSetVariant, useVariant, useVersions } from "./api";
import { diff } from "./diff";
import css from "./post.module.css";

/** What the post and its channels' own words were before: kept states, what changed since, and the way back. `onWords`: a channel's words changed in the core. */
export function Versions({ post, channels, open, onClose, onBefore, onWords }: { post: Post; channels: readonly ChannelInfo[]; open: boolean; onClose: () => void; onBefore: () => Promise<void>; onWords: () => void }) {
  const versions = useVersions(post.id, open);
  const [picked, setPicked] = useState<number>();
  const [label, setLabel] = useState("");
  const naming = useNameVersion();
  const restore = useRestore();
  const setVariant = useSetVariant();
  const chosen = versions.data?.find((one) => one.id === picked) ?? versions.data?.[0];
  const own = useVariant(post.id, open ? chosen?.channel ?? undefined : undefined).data;
  const now = chosen?.channel == null ? post : { title: own?.title ?? post.title, body: own?.body ?? post.body };
  const nameOf = (channel: number) => channels.find((one) => one.id === channel)?.name ?? t`已归档的渠道`;

  const name = async () => {
    if (!label.trim()) return;
    try { await onBefore(); await naming.mutateAsync({ id: post.id, label: label.trim() }); setLabel(""); } catch (error) { say.failed(error); }
  };
  const bringBack = async (version: Version) => {
    try {
      await onBefore();
      if (version.channel !== null) return await bringWordsBack(version, version.channel);
      // What stands here now is kept under a version of its own, so that the undo can find it.
      const now = await naming.mutateAsync({ id: post.id, label: t`恢复之前` });
      await restore.mutateAsync({ id: post.id, version: version.id });
      onClose();
      say.done(t`已恢复到 ${formatWhen(ms(version.saved_at), "full")}`, () => restore.mutateAsync({ id: post.id, version: now.id }));
    } catch (error) { say.failed(error); }
  };

  const bringWordsBack = async (version: Version, channel: number) => {
    const id = post.id;
    const before = await unwrap(commands.getVariant(id, channel));
    await restore.mutateAsync({ id, version: version.id });
    onWords();
    onClose();
    say.done(t`「${nameOf(channel)}」的写法已恢复到 ${formatWhen(ms(version.saved_at), "full")}`, () => setVariant.mutateAsync({ id, channel, variant: before }).then(onWords));
  };

  return (
    <Drawer open={open} onClose={onClose} title={t`以前的版本`} size={760}>
      <div className={css.nameRow}>
        <TextField label={t`给现在这一版起个名字`} value={label} onChange={setLabel} onEnter={() => void name()} placeholder={t`比如：发给品牌看的`} />
        <Button onClick={() => void name()} busy={naming.isPending} disabled={!label.trim()}>{t`记下这一版`}</Button>
      </div>
      <Loaded query={versions} shape="rows" empty={<EmptyState drawing="page" title={t`还没有以前的版本`}>{t`每次改动都会自动记下，改过之后这里就有了。`}</EmptyState>}>
        {(all) => (
            <div className={css.versions}>
              <ul aria-label={t`版本`}>
                {all.map((one) => (
                  <li key={one.id}>
                    <button type="button" aria-pressed={one.id === chosen?.id} onClick={() => setPicked(one.id)}>
                      <b>{one.label || formatWhen(ms(one.saved_at), "ago")}</b>
                      <small>{formatWhen(ms(one.saved_at), "full")}</small>
                      {one.channel !== null && <Chip tone="sky">{nameOf(one.channel)}</Chip>}
                      {one.kind === "named" && <Chip tone="sprout">{t`命名`}</Chip>}
                      {one.kind === "restore" && <Chip>{t`恢复`}</Chip>}
                    </button>
                  </li>
                ))}
              </ul>
              {chosen && (
                <div className={css.change}>
                  {chosen.title !== now.title && <h3>{diff(chosen.title, now.title).map((piece, nth) => <Part key={nth} {...piece} />)}</h3>}
                  <p tabIndex={0}>{diff(chosen.body, now.body).map((piece, nth) => <Part key={nth} {...piece} />)}</p>
                  <div className={css.changeFoot}>
                    <small>{t`划掉的是那时有、现在没有的；标绿的是后来写的。`}</small>
                    <Button icon="undo" busy={restore.isPending} onClick={() => void bringBack(chosen)}>{t`恢复这一版`}</Button>
                  </div>
                </div>
              )}
            </div>
          )}
      </Loaded>
    </Drawer>
  );
}

function Part({ kind, text: written }: { kind: "same" | "gone" | "new"; text: string }) {
  const text = written.replace(/!?\[([^\]\n]*)\]\((photo|price|review|link):\d+\)/g, (_, words: string, what: "photo" | "price" | "review" | "link") => `〔${[{ photo: t`照片`, price: t`价格`, review: t`评价`, link: t`链接` }[what], words].filter(Boolean).join(" ")}〕`);
  return kind === "gone" ? <del>{text}</del> : kind === "new" ? <ins>{text}</ins> : <span>{text}</span>;
}
