import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./Icon";

export type ButtonKind = "go" | "plain" | "quiet" | "danger";
type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind; small?: boolean; icon?: IconName; busy?: boolean; ref?: Ref<HTMLButtonElement> };

/** A button. `go` is the one main action of a screen; `busy` keeps its width and its focus while something runs. */
export function Button({ kind = "plain", small, icon, busy, className = "", children, onClick, ...rest }: Props) {
  return (
    <button type="button" className={`btn ${kind} ${small ? "small" : ""} ${className}`} aria-busy={busy || undefined}
      aria-disabled={busy || undefined} onClick={busy ? (event) => event.preventDefault() : onClick} {...rest}>
      {busy ? <i className="spin" aria-hidden="true" /> : icon && <Icon name={icon} size={small ? 15 : 17} />}
      {children}
    </button>
  );
}

/** A button that is only an icon; `label` is its name for the pointer and the screen reader. */
export function IconButton({ label, icon, kind = "quiet", ...rest }: Omit<Props, "children"> & { label: string; icon: IconName }) {
  return <Button kind={kind} icon={icon} aria-label={label} title={label} {...rest} className={`only ${rest.className ?? ""}`} />;
}
