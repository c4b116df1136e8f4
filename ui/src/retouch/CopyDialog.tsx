import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Photo } from "../ipc";
import { Button, Check, Modal, say } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import { useCopyRetouch } from "./api";
import type { Edits } from "./model";
import css from "./retouch.module.css";

/** The edits of this photo for others: first what, then which. */
export function CopyDialog({ photo, edits, flush, onClose }: { photo: Photo; edits: Edits; flush: () => Promise<unknown>; onClose: () => void }) {
  const [what, setWhat] = useState({ shape: false, hidden: false, marks: false });
  const [picking, setPicking] = useState(false);
  const copy = useCopyRetouch();
  const run = async (to: number[]) => {
    try {
      await flush();
      const count = await copy.mutateAsync({ from: photo.id, to, what });
      say.done(count ? t`${count} 张照片用上了同样的修图` : t`这些照片已经是这样了，没有改动`);
      onClose();
    } catch (error) { say.failed(error); }
  };
  return (
    <>
      <Modal open={!picking} onClose={onClose} title={t`复制到其他照片`} size={440} actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" onClick={() => setPicking(true)} data-autofocus data-testid="retouch-copy-pick">{t`选照片…`}</Button></>}>
        <div className={css.carried}>
          <p className="muted">{t`调色和水印总会带上。原来的修图留在「以前的样子」里。`}</p>
          <Check label={t`裁剪、旋转和校正`} on={what.shape} onChange={(shape) => setWhat({ ...what, shape })} />
          <Check label={t`箭头和文字`} on={what.marks} disabled={!edits.marks.length} onChange={(marks) => setWhat({ ...what, marks })} />
          <Check label={t`打码（位置是照这一张画的，别的照片多半对不上）`} on={what.hidden} disabled={!edits.hidden.length} onChange={(hidden) => setWhat({ ...what, hidden })} />
        </div>
      </Modal>
      <PhotoPicker open={picking} onClose={() => { if (!copy.isPending) onClose(); }} title={t`用到哪些照片上`} yes={t`用上`} product={photo.product ?? undefined} except={[photo.id]} onYes={(ids) => void run(ids)} />
    </>
  );
}
