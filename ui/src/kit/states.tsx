import { t } from "@lingui/core/macro";
import type { ReactElement, ReactNode } from "react";
import { Button } from "./Button";
import { Drawing, type DrawingName } from "./Drawing";

/** Nothing here yet: a drawing, one sentence of what this is for, and the button for the first step. */
export function EmptyState({ drawing = "leaf", title, children, actions }: { drawing?: DrawingName; title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="state-fill">
      <div className="state">
        <Drawing name={drawing} />
        <h2>{title}</h2>
        {children && <p>{children}</p>}
        {actions && <div className="acts">{actions}</div>}
      </div>
    </div>
  );
}

/** The sentence an error carries for people; `fallback` when it carries none. */
export function messageOf(error: unknown, fallback = t`出了点问题，没有改动任何东西。再试一次，还不行就重开草本。`): string {
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return typeof message === "string" && message ? message : fallback;
}

/** It went wrong: what happened (the error's own sentence), what was kept, what to do; `onRetry` tries again. */
export function ErrorState({ title = t`这一页没能打开`, error, kept, onRetry, actions }: { title?: ReactNode; error: unknown; kept?: ReactNode; onRetry?: () => void; actions?: ReactNode }) {
  return (
    <div className="state-fill" role="alert">
      <div className="state">
        <Drawing name="knot" />
        <h2>{title}</h2>
        <p>{messageOf(error)}</p>
        <p className="muted">{kept ?? t`你的内容都还在这台电脑上。`}</p>
        <div className="acts">
          {onRetry && <Button kind="go" icon="sync" onClick={onRetry}>{t`再试一次`}</Button>}
          {actions}
        </div>
      </div>
    </div>
  );
}

const Bone = ({ w, h }: { w: number | string; h: number | string }) => <i className="bone" style={{ width: w, height: h }} />;
const times = <T,>(count: number, make: (nth: number) => T) => Array.from({ length: count }, (_, nth) => make(nth));

type Shape = "rows" | "cards" | "wall" | "page";

/** The shape of what is coming: table rows, picture cards, the photo wall, or one long card. */
export function Skeleton({ shape, count = 8 }: { shape: Shape; count?: number }) {
  return (
    <div role="status" aria-label={t`正在打开`}>
      {shape === "rows" && times(count, (nth) => (
        <div className="bone-row" key={nth}><Bone w={36} h={36} /><Bone w={`${34 - (nth % 3) * 6}%`} h={13} /><span style={{ flex: 1 }} /><Bone w={72} h={13} /><Bone w={56} h={13} /></div>
      ))}
      {shape === "wall" && <div className="bone-wall">{times(count * 3, (nth) => <i className="bone" key={nth} style={{ aspectRatio: 3 / 4, borderRadius: 10 }} />)}</div>}
      {shape === "cards" && <div className="bone-cards">{times(count, (nth) => <Bone key={nth} w="100%" h={190} />)}</div>}
      {shape === "page" && <div className="pile"><Bone w="100%" h={88} /><Bone w="100%" h={300} /></div>}
    </div>
  );
}

/** What a TanStack query gives, as far as Loaded needs it. */
type Query<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

/** Shows a query in its four states: its `shape` while it loads, the error with retry, `empty` when `isEmpty` says so, else the children. */
export function Loaded<T>({ query, shape = "rows", isEmpty = (data) => Array.isArray(data) && data.length === 0, empty, children }: {
  query: Query<T>;
  shape?: Shape | ReactElement;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return empty && isEmpty(query.data) ? empty : children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return typeof shape === "string" ? <Skeleton shape={shape} /> : shape;
}
