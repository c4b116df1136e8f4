import type { CSSProperties, ReactNode } from "react";

type Props = { title?: ReactNode; note?: ReactNode; actions?: ReactNode; pad?: boolean; className?: string; style?: CSSProperties; children: ReactNode };

/** White paper on the page: `title` with a quiet `note` beside it, `actions` at its right end. */
export function Card({ title, note, actions, pad = true, className = "", style, children }: Props) {
  return (
    <section className={`card ${pad ? "pad" : ""} ${className}`} style={style}>
      {(title || actions) && (
        <div className="card-head">
          <h2>{title}</h2>
          {note && <small>{note}</small>}
          {actions && <div className="push">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Names and values under each other: 本人照片 …… 18 张. */
export function Pairs({ of }: { of: [name: ReactNode, value: ReactNode][] }) {
  return <dl className="pairs">{of.map(([name, value], row) => <div key={row}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
