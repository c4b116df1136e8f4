import { t } from "@lingui/core/macro";
import type { CSSProperties, ReactNode } from "react";
import { type Photo, photoUrl } from "../ipc";
import { contextMenu, IconButton, Menu, type MenuEntry, Picture } from "../kit";
import { useCarried } from "./Carry";
import css from "./trial.module.css";

/** The photos of a day as a diary shows them: large, each in its own shape, in rows that fill the width. */
export function Pictures({ on, ids, photos, nth, onShow, entries }: { on: string; ids: readonly number[]; photos: ReadonlyMap<number, Photo>; nth: number; onShow: (photo: number) => void; entries: (photo: number) => MenuEntry[] }) {
  if (ids.length === 0) return null;
  return (
    <div className={css.pictures} data-count={Math.min(ids.length, 4)}>
      {ids.map((id, at) => {
        const photo = photos.get(id);
        // Very long or wide pictures would break the row; the rest of them shows when they are opened.
        const ratio = photo && photo.width > 0 && photo.height > 0 ? Math.min(1.9, Math.max(0.62, photo.width / photo.height)) : 0.75;
        return (
          <Carried key={id} photo={id} on={on} ratio={ratio} menu={contextMenu(t`第 ${at + 1} 张照片`, () => entries(id))}>
            <Picture src={photoUrl(id, ids.length < 3 ? "preview" : "thumb", photo?.edited || undefined)} alt={t`第 ${nth} 天的第 ${at + 1} 张照片`} ratio={ratio} focus={photo && { x: photo.focus_x ?? 0.5, y: photo.focus_y ?? 0.5 }}
              marks={photo?.source === "brand" ? [{ text: t`品牌方的图`, tone: "amber" }] : photo?.made ? [{ text: t`拼图`, tone: "amber" }] : photo?.kind === "clip" ? [{ text: t`视频` }] : undefined} onClick={() => onShow(id)} />
            <span className={css.more}><Menu entries={entries(id)} label={t`第 ${at + 1} 张照片`}><IconButton small icon="more" label={t`第 ${nth} 天第 ${at + 1} 张照片的更多`} /></Menu></span>
          </Carried>
        );
      })}
    </div>
  );
}

/** One of them, ready to be carried to another day. */
function Carried({ photo, on, ratio, menu, children }: { photo: number; on: string; ratio: number; menu: ReturnType<typeof contextMenu>; children: ReactNode }) {
  return <div style={{ "--ratio": ratio } as CSSProperties} {...useCarried(photo, on)} {...menu}>{children}</div>;
}
