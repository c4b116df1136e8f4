import { t } from "@lingui/core/macro";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from "react";
import { fit, type Handle, moveCrop, resizeCrop, type Size, straight } from "./geometry";
import { type Crop, type Edits, whole } from "./model";
import css from "./retouch.module.css";
import { handleWord } from "./words";

const handles: Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

type Props = {
  /** The upright original with its tone and hidden places, nothing turned or cut. */
  url: string | undefined; original: Size; box: Size; edits: Edits;
  /** Width / height in pixels that is kept; null is free. */
  ratio: number | null;
  /** Lines against which a slant shows. */
  grid?: boolean;
  onLive: (crop: Crop | null) => void; onSettle: () => void;
};

/** The whole straightened picture under a frame that says what is kept. Turning happens here at once; the core draws the rest. */
export function CropStage({ url, original, box, edits, ratio, grid, onLive, onSettle }: Props) {
  const inner = straight(original, edits);
  const shown = fit(inner, box);
  const scale = shown.width / inner.width;
  const crop = edits.crop ?? whole;
  const share = ratio ? ratio / (inner.width / inner.height) : undefined;
  const held = useRef<{ handle: Handle | "move"; x: number; y: number; crop: Crop }>(undefined);

  const act = (from: Crop, handle: Handle | "move", dx: number, dy: number) => onLive(handle === "move" ? moveCrop(from, dx, dy) : resizeCrop(from, handle, dx, dy, share));
  const down = (handle: Handle | "move") => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { handle, x: event.clientX, y: event.clientY, crop };
  };
  const move = (event: PointerEvent) => {
    const from = held.current;
    if (from) act(from.crop, from.handle, (event.clientX - from.x) / shown.width, (event.clientY - from.y) / shown.height);
  };
  const up = () => { if (held.current) { held.current = undefined; onSettle(); } };
  const key = (handle: Handle | "move") => (event: KeyboardEvent) => {
    const far = (event.shiftKey ? 20 : 2) / shown.width;
    const by = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] }[event.key] as [number, number] | undefined;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    act(crop, handle, by[0], (by[1] * shown.width) / shown.height);
    onSettle();
  };

  const picture: CSSProperties = {
    width: original.width * scale, height: original.height * scale,
    transform: `translate(-50%, -50%) rotate(${edits.straighten}deg) scaleX(${edits.flip ? -1 : 1}) rotate(${edits.turns * 90}deg)`,
  };
  return (
    <div className={css.sheet} style={{ width: shown.width, height: shown.height }} data-testid="retouch-crop-stage">
      <div className={css.clip}>{url && <img src={url} alt="" draggable={false} className={css.slanted} style={picture} />}</div>
      <div className={css.clip}>
        <div className={css.frame} style={{ left: `${crop.x * 100}%`, top: `${crop.y * 100}%`, width: `${crop.width * 100}%`, height: `${crop.height * 100}%` }} />
      </div>
      <div className={`${css.hold} ${grid ? css.grid : ""}`} style={{ left: `${crop.x * 100}%`, top: `${crop.y * 100}%`, width: `${crop.width * 100}%`, height: `${crop.height * 100}%` }}
        role="group" aria-label={t`裁切框，方向键移动`} tabIndex={0} onPointerDown={down("move")} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onKeyDown={key("move")}>
        {handles.map((handle) => (
          <button key={handle} type="button" className={css.handle} data-at={handle} aria-label={t`裁切框${handleWord(handle)}`}
            onPointerDown={down(handle)} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onKeyDown={key(handle)} />
        ))}
      </div>
    </div>
  );
}
