import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { Button, DateField, dayToMs, messageOf, Modal, msToDay, say, SelectField, TextField, useKept } from "../kit";
import { useChannels, usePosts, useRules } from "../post/api";
import { useAddPublication } from "./api";

const blank = { which: null as string | null, where: null as string | null, at: null as string | null, url: "" };

/** Records that a post went out: where, when, and the note's link if it is at hand. */
export function RecordDialog({ open, post, channel, onClose, onDone }: { open: boolean; post?: number; channel?: number; onClose: () => void; onDone?: () => void }) {
  const posts = usePosts();
  const channels = useChannels();
  const add = useAddPublication();
  const form = useKept(`publication.add.${post ?? ""}.${channel ?? ""}`, blank);
  const { url } = form.value;
  const set = (part: Partial<typeof blank>) => form.set((was) => ({ ...was, ...part }));
  const which = post ? String(post) : form.value.which;
  const where = channel ? String(channel) : form.value.where ?? (channels.data?.length === 1 ? String(channels.data[0]?.id) : null);
  const [opened, setOpened] = useState("");
  const [tried, setTried] = useState(false);
  const at = form.value.at ?? opened;
  useEffect(() => {
    if (!open) return;
    setOpened(msToDay(Date.now(), true));
    setTried(false);
    add.reset();
  }, [open, post, channel]);

  const rules = useRules(channels.data?.find((one) => String(one.id) === where)?.platform);
  const save = () => {
    if (add.isPending) return;
    if (!which || !where) return setTried(true);
    add.mutate({ post: Number(which), channel: Number(where), at: at ? new Date(dayToMs(at)).toISOString() : null, url: url.trim() }, {
      onSuccess: () => { say.done(url.trim() || rules.data?.receipt === false ? t`记下了` : t`记下了，链接可以晚点贴回来`); form.done(); onDone?.(); onClose(); },
    });
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`记为已发布`} actions={<Button kind="go" icon="check" busy={add.isPending} onClick={save} data-testid="publication-save">{t`记下`}</Button>}>
      <div className="pile">
        {!post && <SelectField label={t`哪一篇`} value={which} error={tried && !which ? t`选一篇发出去的。` : undefined} onChange={(next) => set({ which: next })} search options={(posts.data ?? []).map((one) => ({ value: String(one.id), label: one.title || t`还没有标题` }))} />}
        {!channel && <SelectField label={t`发在哪里`} value={where} error={tried && !where ? t`选发在哪个渠道。` : undefined} onChange={(next) => set({ where: next })} options={(channels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />}
        <DateField label={t`什么时候`} time value={at} onChange={(next) => set({ at: next })} max={msToDay(Date.now(), true)} />
        {rules.data?.receipt !== false && <TextField label={t`笔记的链接`} note={t`在平台上点分享、复制链接，贴到这里。没有也可以先空着。`} type="url" value={url} onChange={(next) => set({ url: next })} onEnter={save} autoFocus={Boolean(post && channel)} placeholder="https://" error={add.error ? messageOf(add.error) : undefined} />}
        {rules.data?.receipt === false && <p className="muted">{t`${rules.data.name}里发出去的东西没有链接可贴，记下时间就够了。`}</p>}
        {rules.data?.receipt === false && add.error ? <p className="bad" role="alert">{messageOf(add.error)}</p> : null}
      </div>
    </Modal>
  );
}
