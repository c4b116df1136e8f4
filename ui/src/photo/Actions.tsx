import { t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { commands, type Left, type Photo, type PhotoPatch, type Source, type Trial, unwrap } from "../ipc";
import { Button, Confirm, daysBetween, dayToMs, formatNum, formatWhen, IconButton, keepUndo, Menu, msToDay, say, SelectionBar } from "../kit";
import { addToPost, addToTrial, photosAsTheyAre, photosOf, putOnDay, takeOffPost, takeOffTrial, useEditPhotos, useEmptyTrash, usePhoto, usePhotoPosts, usePhotoProducts, usePhotoTrials, useRemovePhotos, useRestorePhotos, writeWith } from "./api";
import { type Choice, Choose } from "./Choose";
import { daysMeant } from "./tag";
import { filedWord, sources, sourceSound, sourceWord } from "./words";

export type Asked = "tag" | "trial" | "product" | "post" | "remove" | "empty" | undefined;

/** Changes photos; each can be taken back as it was, by Ctrl/⌘ Z and, where something is `said`, on the spot. */
export function useChange() {
  const edit = useEditPhotos();
  const client = useQueryClient();
  return async (ids: readonly number[], patch: PhotoPatch, said?: string) => {
    try {
      const before = await photosAsTheyAre(client, ids);
      await edit.mutateAsync({ ids: [...ids], patch });
      const back = async () => {
        const ways = new Map<string, number[]>();
        for (const photo of before) {
          const was: PhotoPatch = {
            source: patch.source && photo.source, rating: patch.rating === undefined ? undefined : photo.rating, pick: patch.pick === undefined ? undefined : photo.pick,
            ...(patch.focus && { focus: [photo.focus_x, photo.focus_y] as [number | null, number | null] }),
            ...(patch.product !== undefined && { product: photo.product, trial: photo.trial }),
          };
          ways.set(JSON.stringify(was), [...(ways.get(JSON.stringify(was)) ?? []), photo.id]);
        }
        for (const [was, some] of ways) await edit.mutateAsync({ ids: some, patch: JSON.parse(was) as PhotoPatch });
      };
      if (said) say.done(said, back);
      else keepUndo(back);
    } catch (error) {
      say.failed(error);
    }
  };
}

/** What photos can be put with, by a key, a button or a drop: each does it, says what it did and can be taken back. */
export function usePut(onDone?: () => void) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const work = async (act: () => Promise<{ said: string; back: () => Promise<unknown> }>) => {
    setBusy(true);
    try { const { said, back } = await act(); say.done(said, back); onDone?.(); } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  /** Puts photos on days of a trial, and knows how to take just those off again. */
  const onDays = async (ids: readonly number[], trial: Trial, put: (photos: Photo[], before: Trial) => Promise<Trial>, said: (photos: Photo[], before: Trial) => string) => {
    const [photos, before] = [await photosOf(ids), await unwrap(commands.getTrial(trial.id))];
    const after = await put(photos, before);
    return { said: said(photos, before), back: () => takeOffTrial(before, after, photos) };
  };
  const today = msToDay(Date.now());
  return {
    busy,
    product: (ids: readonly number[], id: number, name: string) => change(ids, { product: id }, t`${ids.length} 张归到了「${name}」`),
    source: (ids: readonly number[], source: Source) => change(ids, { source }, t`${ids.length} 张记成了「${sourceWord(source)}」`),
    /** Each to the day it was taken on; those of no day of the trial stay with the trial. */
    trial: (ids: readonly number[], trial: Trial) => work(() => onDays(ids, trial, (photos, now) => addToTrial(now, photos, today), (photos, now) => filedWord(now, photos, today, t`${ids.length} 张归到了「${trial.product_name}」的试用`))),
    day: (ids: readonly number[], trial: Trial, on: string) => work(() => onDays(ids, trial, () => putOnDay(trial, on, ids), () => t`${ids.length} 张归到了「${trial.product_name}」第 ${daysBetween(dayToMs(trial.started_on), dayToMs(on)) + 1} 天`)),
    post: (ids: readonly number[], id: number, title: string) => work(async () => { const fresh = await addToPost(id, [...ids]); return { said: t`${ids.length} 张放进了「${title || t`还没有标题`}」`, back: () => takeOffPost(id, fresh) }; }),
  };
}

/** Keys of products and trials that sound like the words. */
const heard = async (words: string) => (await unwrap(commands.search(words, ["product", "trial"], 20))).map((hit) => `${hit.noun}-${hit.id}`);

const stillThere = (count: number, first: Left) => new Error(t`照片从回收站里删掉了，但 ${count} 个文件还在磁盘上（${first.path}：${first.reason}），下次打开工作区或清空回收站时再删。`);

type Props = {
  ids: readonly number[];
  /** Whether the bar shows: not over a large view, whose photo the dialogs are then about. */
  bar: boolean;
  trash: boolean; asked: Asked; onAsk: (asked: Asked) => void; onClear: () => void; onCompare?: () => void; onCompose?: () => void;
};

/** What can be done with the picked photos, at the foot of the wall, and the dialogs it opens. */
export function Actions({ ids, bar, trash, asked, onAsk, onClear, onCompare, onCompose }: Props) {
  const go = useNavigate();
  const put = usePut(onClear);
  const remove = useRemovePhotos();
  const restore = useRestorePhotos();
  const empty = useEmptyTrash();
  const tagging = asked === "tag";
  const products = usePhotoProducts(tagging || asked === "product").data ?? [];
  const trials = usePhotoTrials(tagging || asked === "trial").data ?? [];
  const posts = usePhotoPosts(asked === "post").data ?? [];
  const own = usePhoto(tagging || asked === "trial" ? ids[0] : undefined).data?.product;
  const close = () => onAsk(undefined);
  const count = ids.length;
  const today = msToDay(Date.now());

  const write = async () => {
    try {
      const post = await writeWith(await photosOf(ids));
      void go({ to: "/post/$id", params: { id: String(post.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  const bring = async () => {
    try { await restore.mutateAsync([...ids]); say.done(t`${count} 张放回了素材`); onClear(); } catch (error) { say.failed(error); }
  };
  // Running ones first, those of what is in the picture before others.
  const far = (trial: Trial) => (trial.finished_on === null ? 0 : 2) + (trial.product === own ? 0 : 1);
  const ordered = trials.toSorted((a, b) => far(a) - far(b));
  const running = ordered.filter((trial) => !trial.finished_on);
  const nthDay = (trial: Trial, on: string) => daysBetween(dayToMs(trial.started_on), dayToMs(on)) + 1;
  const trialChoices = (some: Trial[]): Choice[] => some.map((trial) => ({
    key: `trial-${trial.id}`, title: tagging ? t`${trial.product_name} · 拍的那天` : trial.product_name, icon: "trial", run: () => put.trial(ids, trial),
    note: trial.finished_on ? t`${formatWhen(dayToMs(trial.started_on))}开始，已结束` : t`${formatWhen(dayToMs(trial.started_on))}开始，进行中`,
  }));
  const dayChoice = (trial: Trial, on: string): Choice => ({ key: `day-${trial.id}-${on}`, title: t`${trial.product_name} · 第 ${nthDay(trial, on)} 天`, note: formatWhen(dayToMs(on)), icon: "trial", words: "jintian jt today", run: () => put.day(ids, trial, on) });
  const productChoices: Choice[] = products.map((product) => ({ key: `product-${product.id}`, title: product.name, note: product.brand, cover: product.cover, run: () => put.product(ids, product.id, product.name) }));
  const tags: Choice[] = [
    ...running.flatMap((trial) => [...trialChoices([trial]), dayChoice(trial, today)]),
    ...productChoices,
    ...sources.map((source): Choice => ({ key: `source-${source}`, title: sourceWord(source), note: t`谁的照片`, icon: "photo", words: sourceSound(source), run: () => put.source(ids, source) })),
  ];
  return (
    <>
      {bar && count > 0 && (
        <SelectionBar label={t`已选 ${formatNum(count)} 张`}>
          {trash ? (
            <><Button small icon="undo" busy={restore.isPending} onClick={() => void bring()} data-testid="photo-restore">{t`放回素材`}</Button>
              <Button small kind="danger" icon="trash" onClick={() => onAsk("empty")} data-testid="photo-empty">{t`彻底删除`}</Button></>
          ) : (
            <><Button small icon="trial" busy={put.busy} onClick={() => onAsk("trial")} data-testid="photo-to-trial">{t`归到试用`}</Button>
              <Button small icon="product" onClick={() => onAsk("product")} data-testid="photo-to-product">{t`归到好物`}</Button>
              <Button small icon="post" onClick={() => onAsk("post")} data-testid="photo-to-post">{t`放进内容`}</Button>
              {onCompose && <Button small icon="grid" onClick={onCompose} data-testid="photo-compose">{t`拼图`}</Button>}
              {onCompare && count > 1 && <Button small icon="eye" onClick={onCompare} data-testid="photo-compare-open">{count > 4 ? t`比一比前 4 张` : t`比一比`}</Button>}
              <Menu label={t`谁的照片`} entries={sources.map((source) => ({ label: sourceWord(source), onClick: () => void put.source(ids, source) }))}><Button small icon="photo">{t`谁的照片`}</Button></Menu>
              <Button small kind="danger" icon="trash" onClick={() => onAsk("remove")} data-testid="photo-remove">{t`删除`}</Button></>
          )}
          <IconButton small label={t`不选了`} icon="close" onClick={onClear} />
        </SelectionBar>
      )}
      <Choose open={tagging} onClose={close} title={t`这 ${count} 张归到哪里`} none="" placeholder={t`好物、试用的哪天、谁的照片；拼音也行`} choices={tags} find={heard} made={(words) => running.flatMap((trial) => daysMeant(words, trial, today).map((on) => dayChoice(trial, on)))} />
      <Choose open={asked === "trial"} onClose={close} title={t`归到哪次试用`} note={t`每张归到拍的那一天，那天写的话不动；不是试用那些天拍的，只归到试用，不归哪天。`} none={t`还没有试用。先去试用里开始一次。`} choices={trialChoices(ordered)} find={heard} />
      <Choose open={asked === "product"} onClose={close} title={t`拍的是哪件好物`} none={t`还没有好物。先去好物里放进一件。`} choices={productChoices} find={heard} />
      <Choose open={asked === "post"} onClose={close} title={t`放进哪篇内容`} none=""
        choices={[{ key: "new", title: t`新写一篇`, note: t`带着这 ${count} 张和它们的好物`, icon: "plus", run: () => void write() },
          ...posts.map((post): Choice => ({ key: `post-${post.id}`, title: post.title || t`还没有标题`, note: post.excerpt, cover: post.cover, run: () => put.post(ids, post.id, post.title) }))]} />
      <Confirm open={asked === "remove"} back onClose={close} title={t`删除这 ${count} 张？`} yes={t`删除`} onYes={async () => { await remove.mutateAsync([...ids]); onClear(); say.done(t`${count} 张进了回收站`, () => restore.mutateAsync([...ids])); }}>
        {t`它们会放进回收站，原图不动，随时能放回来。内容、试用或价格记录正用着的照片，草本会拦下来，一张也不删。`}
      </Confirm>
      <Confirm open={asked === "empty"} onClose={close} title={count ? t`彻底删除这 ${count} 张？` : t`清空回收站？`} yes={t`彻底删除`} onYes={async () => { const { left } = await empty.mutateAsync(count ? [...ids] : null); onClear(); if (left[0]) say.failed(stillThere(left.length, left[0])); else say.done(count ? t`彻底删除了 ${count} 张` : t`回收站清空了`); }}>
        {t`原图会从工作区里拿掉，放不回来。`}
      </Confirm>
    </>
  );
}
