import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Photo, photoUrl, type Twin, type Twins } from "../ipc";
import { Button, Chip, EmptyState, formatBytes, formatNum, Loaded, Menu, IconButton, Picture, say } from "../kit";
import css from "./twins.module.css";
import { keepAll, keepBest, likenessWord, meritWord, stillComparing, tellApart, useTwins } from "./twins";
import { focusOf } from "./words";

/** Groups of photos that look alike, each with the one most worth keeping; nothing goes before somebody says so. */
export function Similar({ onOpen, onCompare }: { onOpen: (photo: Photo) => void; onCompare: (ids: number[]) => void }) {
  const found = useTwins();
  const left = found.data?.left ?? 0;
  const busy = stillComparing(found.data);
  return (
    <div className={css.page}>
      <Loaded query={{ ...found, data: found.data?.groups }} shape="wall" empty={busy
        ? <EmptyState drawing="photos" title={t`正在比对…`}>{t`还有 ${formatNum(left)} 张要看。比过的会记住，下次很快。`}</EmptyState>
        : <EmptyState drawing="photos" title={t`没有要决定的`}>{t`连拍、另存过的、缩小过的会聚到这里，留一张最好的就行。决定过的不会再来。`}</EmptyState>}>
        {(groups) => <>
          <p className={css.lead}>{t`挑好的留下，其余进回收站，随时能拿回来。用在内容里的一张也不动。`}</p>
          {groups.map((group) => <Group key={group.photos.map((twin) => twin.photo.id).join()} group={group} onOpen={onOpen} onCompare={onCompare} />)}
          {left > 0 && <p className={css.lead} role="status">{busy ? t`还有 ${formatNum(left)} 张在比对…` : t`先定这些，后面还有 ${formatNum(left)} 张等着比。`}</p>}
        </>}
      </Loaded>
    </div>
  );
}

function Group({ group, onOpen, onCompare }: { group: Twins; onOpen: (photo: Photo) => void; onCompare: (ids: number[]) => void }) {
  const [chosen, setChosen] = useState<number>();
  const [busy, setBusy] = useState(false);
  const best = group.photos.find((twin) => twin.photo.id === chosen) ?? group.photos[0];
  if (!best) return null;
  const all = group.photos.map((twin) => twin.photo.id);
  const others = all.filter((id) => id !== best.photo.id);
  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    try { await what(); } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  const keep = () => act(async () => {
    const { kept, undo } = await keepBest(best.photo.id, others);
    const [gone, stayed, place] = [kept.trashed.length, kept.stayed.length, kept.stayed[0]?.place ?? ""];
    say.done(stayed ? t`${gone} 张放进回收站；${stayed} 张留着，正用在${place}里` : t`${gone} 张放进回收站`, undo);
  });
  const keepThemAll = () => act(async () => { say.done(t`都留下了，不再问`, await keepAll(best.photo.id, others)); });
  const apart = (ids: number[]) => act(async () => { say.done(t`记住了，它们不是同一张`, await tellApart(ids, all)); });
  const count = all.length;
  const fresh = group.photos.filter((twin) => !twin.settled).length;
  const used = group.photos.filter((twin) => twin.photo.used > 0 && twin !== best).length;
  return (
    <section className={css.group} aria-label={t`${count} 张很像`}>
      <Picture src={photoUrl(best.photo.id, "thumb")} alt={best.photo.caption || t`照片 ${best.photo.id}`} focus={focusOf(best.photo)} stars={best.photo.rating || undefined} onClick={() => onOpen(best.photo)} />
      <div className={css.side}>
        <header>
          <Chip tone="sprout" icon="check">{t`留这张`}</Chip>
          <span>{chosen === undefined || chosen === group.photos[0]?.photo.id ? group.merits.map(meritWord).join(" · ") : t`你挑的`}</span>
          {fresh < count && <Chip tone="sky">{t`新来 ${fresh} 张，别的定过了`}</Chip>}
        </header>
        <small className="num">{sizeOf(best)}</small>
        <div className={css.others}>
          {group.photos.filter((twin) => twin !== best).map((twin) => (
            <figure key={twin.photo.id}>
              <Picture src={photoUrl(twin.photo.id, "thumb")} alt={twin.photo.caption || t`照片 ${twin.photo.id}`} focus={focusOf(twin.photo)} stars={twin.photo.rating || undefined}
                marks={twin.photo.used ? [{ text: t`用着，不会动` }] : undefined} onClick={() => onOpen(twin.photo)} />
              <figcaption>
                <b>{twin.likeness === "best" ? t`原来提的这张` : likenessWord(twin.likeness)}</b>
                <Menu label={t`照片 ${twin.photo.id} 怎么办`} entries={[
                  { label: t`换成留它`, icon: "check", onClick: () => setChosen(twin.photo.id) },
                  { label: t`它不是同一张`, icon: "close", onClick: () => void apart([twin.photo.id]) },
                ]}><IconButton small icon="more" label={t`照片 ${twin.photo.id} 怎么办`} /></Menu>
                <small className="num">{sizeOf(twin)}</small>
              </figcaption>
            </figure>
          ))}
        </div>
        <footer>
          <Button small kind="go" busy={busy} onClick={() => void keep()} data-testid="twins-keep-best">{others.length - used > 0 ? t`只留这张，其余 ${others.length - used} 张进回收站` : t`就留这张`}</Button>
          <Button small busy={busy} onClick={() => void keepThemAll()} data-testid="twins-keep-all">{t`都留着`}</Button>
          <Button small icon="eye" onClick={() => onCompare([best.photo.id, ...others])} data-testid="twins-compare">{count > 4 ? t`比一比前 4 张` : t`比一比`}</Button>
          <Button small kind="quiet" busy={busy} onClick={() => void apart(all)} data-testid="twins-apart">{t`都不是同一张`}</Button>
        </footer>
      </div>
    </section>
  );
}

const sizeOf = ({ photo }: Twin) => <><span>{formatNum(photo.width)} × {formatNum(photo.height)}</span> · <span>{formatBytes(photo.bytes)}</span></>;
