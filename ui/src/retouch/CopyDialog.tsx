import { t } from "@lingui/core/macro";
import { useRef, useState } from "react";
import type { Photo } from "../ipc";
import { Button, Check, messageOf, Modal, say } from "../kit";
import { PhotoPicker } from "../photo/PhotoPicker";
import { copyEdits, takeBackCopy } from "./api";
import type { Edits } from "./model";
import css from "./retouch.module.css";

type Props = { photo: Photo; channel: number | null; edits: Edits; keep: () => Promise<void>; onClose: () => void };

/** The edits on screen for other photos: first what, then which. `keep` saves them, as the core copies what is kept. */
export function CopyDialog({ photo, channel, edits, keep, onClose }: Props) {
  const [what, setWhat] = useState({ shape: false, hidden: false, marks: false });
  const [picking, setPicking] = useState(false);
  const [failed, setFailed] = useState<{ error: unknown; to: number[] }>();
  const [busy, setBusy] = useState(false);
  // The picker closes itself right after it was answered; while the copying runs it stays.
  const running = useRef(false);
  const run = async (to: number[]) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    try {
      await keep();
      const copied = await copyEdits(photo.id, channel, to, what);
      const count = copied.length;
      if (count) say.done(t`${count} 张照片用上了同样的修图`, () => takeBackCopy(copied)); else say.done(t`这些照片已经是这样了，没有改动`);
      onClose();
    } catch (error) {
      setFailed({ error, to });
      setPicking(false);
    } finally { running.current = false; setBusy(false); }
  };
  return (
    <>
      <Modal open={!picking} onClose={onClose} title={t`复制到其他照片`} size={440} actions={<>
        <Button onClick={onClose}>{t`先不`}</Button>
        <Button kind={failed ? "plain" : "go"} onClick={() => setPicking(true)} data-autofocus data-testid="retouch-copy-pick">{t`选照片…`}</Button>
        {failed && <Button kind="go" busy={busy} onClick={() => void run(failed.to)} data-testid="retouch-copy-again">{t`再试一次`}</Button>}
      </>}>
        <div className={css.carried}>
          <p className="muted">{t`调色和水印总会带上。原来的修图留在「以前的样子」里。`}</p>
          <Check label={t`裁剪、旋转和校正`} on={what.shape} onChange={(shape) => setWhat({ ...what, shape })} />
          <Check label={t`箭头和文字`} on={what.marks} disabled={!edits.marks.length} onChange={(marks) => setWhat({ ...what, marks })} />
          <Check label={t`打码（位置是照这一张画的，别的照片多半对不上）`} on={what.hidden} disabled={!edits.hidden.length} onChange={(hidden) => setWhat({ ...what, hidden })} />
          {failed && <p className="bad" role="alert">{messageOf(failed.error)}</p>}
        </div>
      </Modal>
      <PhotoPicker open={picking} onClose={() => { if (!running.current) onClose(); }} title={t`用到哪些照片上`} yes={t`用上`} product={photo.product ?? undefined} except={[photo.id]} onYes={(ids) => void run(ids)} />
    </>
  );
}
