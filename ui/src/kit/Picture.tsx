import type { CSSProperties, MouseEvent, ReactNode } from "react";
import { useEffect, useState } from "react";
import { Icon } from "./Icon";

type Props = {
  /** From `photoUrl(id, "thumb")`; without it (or when it cannot be read) a placeholder keeps the shape. */
  src?: string | null;
  /** What is to be seen; "" when the words beside it already say it, which is never so for one that can be pressed. */
  alt: string;
  /** The point that must stay visible, 0–1 from the left and the top. */
  focus?: { x: number; y: number };
  /** width / height; 3/4 unless told. */
  ratio?: number;
  marks?: { text: ReactNode; tone?: "amber" }[];
  stars?: number;
  picked?: boolean;
  /** Looks like a pile: there are near-duplicates under it. */
  stack?: boolean;
  width?: number | string;
  style?: CSSProperties;
  onClick?: (event: MouseEvent) => void;
  /** `contextMenu(…)`: what a right click on it offers. */
  menu?: { onContextMenu: (event: MouseEvent) => void };
};

/** A photo, cropped to 3:4 around its focus, with its marks (source, stars, selection). */
export function Picture({ src, alt, focus, ratio = 3 / 4, marks, stars, picked, stack, width, style, onClick, menu }: Props) {
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [src]);
  const at = focus ? `${focus.x * 100}% ${focus.y * 100}%` : undefined;
  const body = (
    <>
      {src && !broken
        ? <img src={src} alt={alt} loading="lazy" decoding="async" draggable={false} style={{ objectPosition: at }} onError={() => setBroken(true)} />
        : <span className={broken ? "none" : "none bare"} {...(alt && { role: "img", "aria-label": alt })}><Icon name={broken ? "warn" : "photo"} size={26} /></span>}
      {(marks?.length || stars) ? (
        <span className="marks">
          {marks?.map((mark, nth) => <span key={nth} className={`mark ${mark.tone ?? ""}`}>{mark.text}</span>)}
          {stars ? <span className="mark stars">★ {stars}</span> : null}
        </span>
      ) : null}
      {picked && <span className="tick"><Icon name="check" size={13} /></span>}
    </>
  );
  const shape = { ...menu, className: `picture ${stack ? "stack" : ""} ${picked ? "picked" : ""}`, style: { aspectRatio: ratio, width, ...style } };
  return onClick
    // Its name is what is in it: the picture's words, then its marks.
    ? <button type="button" {...shape} onClick={onClick} aria-pressed={picked}>{body}</button>
    : <span {...shape}>{body}</span>;
}
