import { t } from "@lingui/core/macro";
import { createContext, type ReactNode, use, useEffect } from "react";
import { IconButton } from "./Button";
import { Icon } from "./Icon";
import { Kbd } from "./keys";

/** Opens the palette; the window provides it, so that a page needs to know nothing about the palette. */
export const PaletteContext = createContext<() => void>(() => {});

/** Names what is open in the title of the window; the window provides it. */
export const TitleContext = createContext<(name: string) => void>(() => {});

type Props = {
  title: ReactNode;
  name?: string;
  sub?: ReactNode;
  stake?: ReactNode;
  actions?: ReactNode;
  bar?: ReactNode;
  onBack?: () => void;
  still?: boolean;
  read?: boolean;
  children: ReactNode;
};

/**
 * One screen: the header line (where you are, what is at stake, the search bar, the actions), an optional filter `bar`, the content.
 * `still`: the body does not scroll, its children do (tables, the wall, three columns). `read`: nothing in it takes the focus, so the body does, for the keys that
 * scroll it. The window's title names what is open: `title`, or `name` where that is no text.
 */
export function Page({ title, name, sub, stake, actions, bar, onBack, still, read, children }: Props) {
  const tell = use(TitleContext);
  const called = name ?? (typeof title === "string" ? title : "");
  useEffect(() => tell(called), [called, tell]);
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
      <div className={still ? "page-body still" : "page-body"} {...(read && { tabIndex: 0, role: "region", "aria-label": called })}>{children}</div>
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
