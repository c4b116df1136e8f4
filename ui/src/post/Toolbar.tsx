import { t } from "@lingui/core/macro";
import { memo, type ReactNode } from "react";
import { Icon, onMac } from "../kit";
import type { Way } from "./BodyEditor";
import css from "./post.module.css";

const keys = (key: string) => (onMac ? `⌘${key}` : `Ctrl+${key}`);

/** The few ways of writing that a note needs; the keys stand beside their names. */
export const Toolbar = memo(function Toolbar({ onFormat }: { onFormat: (way: Way) => void }) {
  const tool = (way: Way, name: string, face: ReactNode, key?: string) => (
    // The pressed button must not take the selection away from the text.
    <button type="button" title={key ? `${name} ${keys(key)}` : name} aria-label={name} aria-keyshortcuts={key && `${onMac ? "Meta" : "Control"}+${key}`} onMouseDown={(event) => event.preventDefault()} onClick={() => onFormat(way)} data-testid={`post-format-${way}`}>{face}</button>
  );
  return (
    <div className={css.tools} role="toolbar" aria-label={t`写法`}>
      {tool("heading", t`小标题`, <b>H</b>)}
      {tool("bold", t`粗体`, <b>B</b>, "B")}
      {tool("italic", t`斜体`, <i>I</i>, "I")}
      {tool("list", t`列表`, <Icon name="list" size={16} />)}
      {tool("quote", t`引用一段`, "「」")}
      {tool("link", t`网址`, <Icon name="link" size={16} />, "K")}
      <span className={css.gap} />
      {tool("find", t`在这篇里找`, <Icon name="search" size={16} />, "F")}
    </div>
  );
});
