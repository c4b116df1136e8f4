import { t } from "@lingui/core/macro";
import { createContext, type ReactNode, use } from "react";
import { IconButton } from "./Button";
import { Icon } from "./Icon";
import { Kbd } from "./keys";

/** Opens the palette; the window provides it, so that a page needs to know nothing about the palette. */
export const PaletteContext = createContext<() => void>(() => {});

type Props = {
  title: ReactNode;
  sub?: ReactNode;
  stake?: ReactNode;
  actions?: ReactNode;
  bar?: ReactNode;
  onBack?: () => void;
  still?: boolean;
  children: ReactNode;
};

/**
 * One screen: the header line (where you are, what is at stake, the search bar, the actions), an optional filter `bar`, the content.
 * `still`: the body does not scroll, its children do (tables, the wall, three columns).
 */
export function Page({ title, sub, stake, actions, bar, onBack, still, children }: Props) {
  return (
    <div className="page">
      <header className="page-head">
        {onBack && <IconButton label={t`返回`} icon="back" onClick={onBack} />}
        <div className="page-title">
          <h1>{title}</h1>
          {sub && <div className="sub">{sub}</div>}
        </div>
        <div className="page-right">
          <SearchBar />
          {stake}
          {actions}
        </div>
      </header>
      {bar && <div className="page-bar">{bar}</div>}
      <div className={still ? "page-body still" : "page-body"}>{children}</div>
    </div>
  );
}

function SearchBar() {
  const open = use(PaletteContext);
  return (
    <button type="button" className="kbar" onClick={open} aria-keyshortcuts="Meta+K Control+K">
      <Icon name="search" size={16} />
      <span>{t`找好物、照片、句子，拼音也行`}</span>
      <Kbd keys="mod+K" />
    </button>
  );
}

/** The card that floats over the bottom of a page while things are selected: 已选 3 张 · actions. */
export function SelectionBar({ label, children }: { label: ReactNode; children: ReactNode }) {
  return <div className="card bar-float" role="toolbar" aria-label={typeof label === "string" ? label : undefined}><b>{label}</b>{children}</div>;
}
