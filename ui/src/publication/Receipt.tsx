import { t } from "@lingui/core/macro";
import { useState } from "react";
import { pasteText, photoUrl, type Publication } from "../ipc";
import { Button, Lead, messageOf, Picture, say, TextField, When } from "../kit";
import { useEditPublication } from "./api";
import css from "./publication.module.css";

/** A publication whose link was not pasted back, with the field to paste it into. */
export function Receipt({ of, onOpen }: { of: Publication; onOpen: () => void }) {
  const [url, setUrl] = useState("");
  const edit = useEditPublication();
  const save = (text: string) => {
    const link = text.match(/https?:\/\/\S+/)?.[0] ?? text.trim();
    if (!link || edit.isPending) return;
    setUrl(link);
    edit.mutate({ id: of.id, patch: { url: link } }, { onSuccess: () => say.done(t`链接记下了，归因从这篇开始算`) });
  };
  return (
    <div className={css.receipt}>
      <button type="button" className={css.who} onClick={onOpen}>
        <Lead picture={<Picture src={of.cover === null ? null : photoUrl(of.cover, "thumb")} alt="" />} title={of.post_title || t`还没有标题`} note={<>{of.channel_name} · <When at={Date.parse(of.at)} form="ago" /></>} />
      </button>
      <div className={css.paste}>
        <TextField label="" value={url} onChange={setUrl} onEnter={() => save(url)} placeholder={t`把笔记链接贴回来`} error={edit.error ? messageOf(edit.error) : undefined} />
        <Button busy={edit.isPending} onClick={() => (url.trim() ? save(url) : void pasteText().then((text) => (text.trim() ? save(text) : say.done(t`剪贴板里没有文字`)), say.failed))}>{url.trim() ? t`记下` : t`粘贴`}</Button>
      </div>
    </div>
  );
}
