import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

/** What a colour may mean: sprout healthy, persimmon blocked or spent trust, amber needs evidence, sky neutral information, plain the rest. */
export type Tone = "sprout" | "persimmon" | "amber" | "sky" | "plain";

/** A small word with a tone; the word itself says what the colour says. */
export function Chip({ tone = "plain", icon, children, onClick, title }: { tone?: Tone; icon?: IconName; children: ReactNode; onClick?: () => void; title?: string }) {
  const inner = <>{icon && <Icon name={icon} size={13} />}{children}</>;
  return onClick
    ? <button type="button" className={`chip ${tone}`} onClick={onClick} title={title}>{inner}</button>
    : <span className={`chip ${tone}`} title={title}>{inner}</span>;
}

/** A filter that is on or off, for the bar under the header. */
export function FilterChip({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: ReactNode }) {
  return <button type="button" className="chip filter" aria-pressed={on} title={typeof children === "string" ? children : undefined} onClick={() => onChange(!on)}>{children}</button>;
}
