import { t } from "@lingui/core/macro";
import { useEffect } from "react";
import type { Photo } from "../ipc";
import { Icon } from "../kit";
import { Clip } from "./Clip";
import css from "./photo.module.css";
import { type View, Zoom } from "./Zoom";

/** What a photo is seen by: its picture, its clip, or a plain word about a file that cannot be shown. */
export function Stage({ photo, view, onView, onFull, onFocus }: { photo: Photo; view: View; onView: (view: View) => void; onFull?: (full: number) => void; onFocus?: (at: [number, number]) => void }) {
  if (photo.kind === "clip") return <Clip key={photo.id} photo={photo} />;
  if (photo.kind === "file") {
    return (
      <div className={css.unread}>
        <Icon name="copy" size={40} /><b>{t`${photo.format.toUpperCase()} 文件，原样留着`}</b>
        <p>{photo.unread || t`这台电脑上还看不了这种文件。`}</p><p className="muted">{t`一个字节都没动；导出一份 JPEG 再放进来，就能看、能用。`}</p>
      </div>
    );
  }
  return <Zoom photo={photo} view={view} onView={onView} onFocus={onFocus}>{(full) => <Full full={full} onFull={onFull} />}</Zoom>;
}

/** Says upward what 100 % is: only the picture on screen knows. */
function Full({ full, onFull }: { full: number; onFull?: (full: number) => void }) {
  useEffect(() => onFull?.(full), [full, onFull !== undefined]);
  return null;
}
