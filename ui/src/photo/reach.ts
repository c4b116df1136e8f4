import { type RefObject, useEffect } from "react";

const meant = /^(Arrow(Left|Right|Up|Down)|Home|End|Page(Up|Down)|Delete|Backspace|Escape|[0-5]|[acegptuwx])$/i;

/**
 * The wall hears its keys after a filter or a button above it was pressed too: nobody should have to click a photo first. Space and Enter stay with what
 * has the focus, and so does everything in a text, a dialog, a menu or another list.
 */
export function useReach(box: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const wall = box.current;
      const from = event.target;
      if (!wall || event.defaultPrevented || event.isComposing || !meant.test(event.key) || !(from instanceof HTMLElement)) return;
      const slides = from.matches('[role="slider"]') && !/^(Arrow|Home|End|Page)/.test(event.key);
      if (from !== document.body && !slides && !from.matches(".page-bar button:not([aria-haspopup=menu]), .page-head button, .bar-float button:not([aria-haspopup=menu])")) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      wall.focus({ preventScroll: true });
      wall.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, bubbles: true, cancelable: true }));
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}
