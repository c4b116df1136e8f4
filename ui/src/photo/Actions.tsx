import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type Photo, type PhotoPatch, type Source } from "../ipc";
import { Button, Confirm, dayToMs, formatWhen, IconButton, Menu, msToDay, say, SelectionBar } from "../kit";
import { addToPost, addToTrial, useEditPhotos, usePhotoPosts, usePhotoProducts, usePhotoTrials, useRemovePhotos, writeWith } from "./api";
import { Choose } from "./Choose";
import { sources, sourceWord } from "./words";

export type Asked = "trial" | "product" | "post" | "remove" | undefined;

/** Changes photos and offers the way back, photo by photo as it was. */
export function useChange() {
  const edit = useEditPhotos();
  return async (photos: readonly Photo[], patch: PhotoPatch, said?: string) => {
    try {
      await edit.mutateAsync({ ids: photos.map((photo) => photo.id), patch });
      const back = async () => {
        const before = new Map<string, number[]>();
        for (const photo of photos) {
          const was: PhotoPatch = { source: patch.source && photo.source, rating: patch.rating === undefined ? undefined : photo.rating, product: patch.product === undefined ? undefined : photo.product };
          before.set(JSON.stringify(was), [...(before.get(JSON.stringify(was)) ?? []), photo.id]);
        }
        for (const [was, ids] of before) await edit.mutateAsync({ ids, patch: JSON.parse(was) as PhotoPatch }).catch(say.failed);
      };
      if (said) say.done(said, back);
    } catch (error) {
      say.failed(error);
    }
  };
}

/** What can be done with the picked photos, at the foot of the wall, and the dialogs it opens. */
export function Actions({ photos, asked, onAsk, onClear }: { photos: readonly Photo[]; asked: Asked; onAsk: (asked: Asked) => void; onClear: () => void }) {
  const go = useNavigate();
  const change = useChange();
  const remove = useRemovePhotos();
  const products = usePhotoProducts(asked === "product").data ?? [];
  const trials = usePhotoTrials(asked === "trial").data ?? [];
  const posts = usePhotoPosts(asked === "post").data ?? [];
  const [busy, setBusy] = useState(false);
  const close = () => onAsk(undefined);
  const count = photos.length;

  const work = async (act: () => Promise<unknown>, said: string) => {
    setBusy(true);
    try { await act(); say.done(said); onClear(); } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  const write = async () => {
    try {
      const post = await writeWith(photos);
      void go({ to: "/post/$id", params: { id: String(post.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  const setSource = (source: Source) => void change(photos, { source }, t`${count} 张记成了「${sourceWord(source)}」`);
  const open = trials.toSorted((a, b) => Number(a.finished_on !== null) - Number(b.finished_on !== null));
  return (
    <>
      {count > 0 && (
        <SelectionBar label={t`已选 ${count} 张`}>
          <Button small icon="trial" busy={busy} onClick={() => onAsk("trial")} data-testid="photo-to-trial">{t`归到试用`}</Button>
          <Button small icon="product" onClick={() => onAsk("product")} data-testid="photo-to-product">{t`归到好物`}</Button>
          <Button small icon="post" onClick={() => onAsk("post")} data-testid="photo-to-post">{t`放进内容`}</Button>
          <Menu label={t`谁的照片`} entries={sources.map((source) => ({ label: sourceWord(source), onClick: () => setSource(source) }))}><Button small>{t`谁的照片`}</Button></Menu>
          <Button small kind="danger" icon="trash" onClick={() => onAsk("remove")} data-testid="photo-remove">{t`删除`}</Button>
          <IconButton small label={t`不选了`} icon="close" onClick={onClear} />
        </SelectionBar>
      )}
      <Choose open={asked === "trial"} onClose={close} title={t`归到哪次试用`} note={t`每张归到拍的那一天，那天写的话不动。`} none={t`还没有试用。先去试用里开始一次。`}
        choices={open.map((trial) => ({ key: trial.id, title: trial.product_name, note: trial.finished_on ? t`${formatWhen(dayToMs(trial.started_on))}开始，已结束` : t`${formatWhen(dayToMs(trial.started_on))}开始，进行中`, icon: "trial",
          run: () => void work(() => addToTrial(trial, photos, msToDay(Date.now())), t`${count} 张归到了「${trial.product_name}」的试用`) }))} />
      <Choose open={asked === "product"} onClose={close} title={t`拍的是哪件好物`} none={t`还没有好物。先去好物里放进一件。`}
        choices={products.map((product) => ({ key: product.id, title: product.name, note: product.brand, cover: product.cover, run: () => void change(photos, { product: product.id }, t`${count} 张归到了「${product.name}」`) }))} />
      <Choose open={asked === "post"} onClose={close} title={t`放进哪篇内容`} none=""
        choices={[{ key: "new", title: t`新写一篇`, note: t`带着这 ${count} 张和它们的好物`, icon: "plus", run: () => void write() },
          ...posts.map((post) => ({ key: post.id, title: post.title || t`还没有标题`, note: post.excerpt, cover: post.cover, run: () => void work(() => addToPost(post.id, photos.map((photo) => photo.id)), t`${count} 张放进了「${post.title || t`还没有标题`}」`) }))]} />
      <Confirm open={asked === "remove"} onClose={close} title={t`删除这 ${count} 张？`} yes={t`删除`} onYes={async () => { await remove.mutateAsync(photos.map((photo) => photo.id)); onClear(); say.done(t`删除了 ${count} 张，原图在工作区的 photos/trash 里`); }}>
        {t`它们会从素材里消失，原图移到工作区的 photos/trash 文件夹，要找回就从那里再导入。内容、试用或价格记录正用着的照片，草本会拦下来，一张也不删。`}
      </Confirm>
    </>
  );
}
