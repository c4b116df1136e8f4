import { t } from "@lingui/core/macro";
import { useState } from "react";
import { type Photo, photoUrl } from "../ipc";
import { Button, Chip, Confirm, EmptyState, formatNum, Loaded, Picture, say } from "../kit";
import { useDuplicates, useRemovePhotos } from "./api";
import css from "./photo.module.css";
import { focusOf, marksOf } from "./words";

/** The one of a group most worth keeping: used, then better rated, then larger. */
export const bestOf = (group: readonly Photo[]) => group.toSorted((a, b) => b.used - a.used || b.rating - a.rating || b.width * b.height - a.width * a.height || b.bytes - a.bytes)[0];

/** Groups of photos that look alike: keep one, let the rest go, or look closer. */
export function Similar({ onOpen }: { onOpen: (photo: Photo) => void }) {
  const groups = useDuplicates(true);
  const remove = useRemovePhotos();
  const [asked, setAsked] = useState<{ keep: Photo; rest: Photo[] }>();
  const rest = asked?.rest.length ?? 0;
  return (
    <div className={css.wall}>
      <Loaded query={groups} shape="wall" empty={<EmptyState drawing="photos" title={t`没有很像的照片`}>{t`连拍和重复导入的会聚到这里，留一张最好的就行。`}</EmptyState>}>
        {(all) => all.map((group) => {
          const best = bestOf(group);
          return (
            <section key={group[0]?.id} className={css.group} aria-label={t`${group.length} 张很像`}>
              <b>{t`${group.length} 张很像`}</b>
              <div>
                {group.map((photo) => (
                  <div key={photo.id}>
                    <Picture src={photoUrl(photo.id, "thumb")} alt={photo.caption || t`照片 ${photo.id}`} focus={focusOf(photo)} marks={marksOf(photo)} stars={photo.rating || undefined} onClick={() => onOpen(photo)} />
                    <div className={css.keep}>
                      {photo.id === best?.id ? <Chip tone="sprout">{t`最值得留`}</Chip> : <small>{`${formatNum(photo.width)} × ${formatNum(photo.height)}`}</small>}
                      <Button small kind="quiet" onClick={() => setAsked({ keep: photo, rest: group.filter((one) => one.id !== photo.id) })}>{t`只留这张`}</Button>
                    </div>
                  </div>
                ))}
              </div>
            </section>
          );
        })}
      </Loaded>
      <Confirm open={asked !== undefined} onClose={() => setAsked(undefined)} title={t`只留这一张？`} yes={t`删掉另外 ${rest} 张`} onYes={async () => { await remove.mutateAsync(asked?.rest.map((photo) => photo.id) ?? []); say.done(t`删除了 ${rest} 张，原图在工作区的 photos/trash 里`); }}>
        {t`另外 ${rest} 张的原图移到工作区的 photos/trash 文件夹。有一张正用在内容、试用或价格记录里，就一张也不删。`}
      </Confirm>
    </div>
  );
}
