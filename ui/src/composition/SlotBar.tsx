import { t } from "@lingui/core/macro";
import { Button, IconButton, TextField } from "../kit";
import css from "./composition.module.css";
import type { Slot } from "./doc";

type Props = { slot: Slot; labelled: boolean; onText: (text: string) => void; onZoom: (zoom: number) => void; onReset: () => void; onPick: () => void; onTake: () => void };

/** What can be done with the chosen photo. */
export function SlotBar({ slot, labelled, onText, onZoom, onReset, onPick, onTake }: Props) {
  return (
    <div className={css.slotbar} role="group" aria-label={t`这一张`}>
      {labelled && <TextField bare label={t`图上的字`} value={slot.text} onChange={onText} placeholder={t`图上的字，例如「第 7 天」`} data-testid="composition-label" />}
      <label className={css.zoom}><span className="muted">{t`放大`}</span><input type="range" min={1} max={4} step={0.02} value={slot.zoom} disabled={slot.photo === null} onChange={(event) => onZoom(Number(event.target.value))} /></label>
      <Button small onClick={onReset} disabled={slot.x === null && slot.y === null && slot.zoom === 1}>{t`复位`}</Button>
      <Button small icon="photo" onClick={onPick}>{t`换一张`}</Button>
      <IconButton small icon="trash" label={t`拿掉这张`} onClick={onTake} />
    </div>
  );
}
