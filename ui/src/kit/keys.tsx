import { t } from "@lingui/core/macro";
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from "react";

type AnyKey = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "shiftKey" | "altKey"> & { keyCode?: number; isComposing?: boolean };

/** True while an input method is composing: Enter then picks a candidate and must not submit (Safari reports only keyCode 229). */
export function isComposing(event: KeyboardEvent | ReactKeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}

/** Whether this system writes ⌘ where others write Ctrl. */
export const onMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether `event` is the shortcut `keys`, e.g. "mod+K", "Shift+Enter", "?" (mod is ⌘ on a Mac, Ctrl elsewhere). */
export function isKeys(event: AnyKey, keys: string): boolean {
  const parts = keys.toLowerCase().split("+");
  const key = parts.at(-1);
  const mod = parts.includes("mod");
  const meta = onMac ? event.metaKey : event.ctrlKey;
  return event.key.toLowerCase() === key && mod === meta && parts.includes("alt") === event.altKey && (key?.length === 1 && !mod ? true : parts.includes("shift") === event.shiftKey);
}

/** Whether somebody writes there: a text, not a choice or a slider. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=range], [type=button], [type=file])"));
}

/** Whether the system's own text menu belongs there: only where text is written. */
export const isField = (target: EventTarget | null) => target instanceof Element && target.closest("[contenteditable=true], textarea, input:not([type=radio], [type=checkbox], [type=range], [type=button], [type=file], [type=submit])") !== null;

/** What a focused control does itself with Space and Enter. */
const presses = (target: EventTarget | null) => target instanceof HTMLElement && target.matches("button, a, summary, [role=button], [role=switch], video");

/** Runs `act` on the shortcut anywhere in the window; single letters are left alone while somebody types or composes, Space and Enter on what they would press. */
export function useKeys(keys: string, act: (event: KeyboardEvent) => void, on = true) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || !isKeys(event, keys)) return;
      if (!keys.toLowerCase().includes("mod+") && typing(event.target)) return;
      if (/^(?: |enter)$/i.test(keys) && presses(event.target)) return;
      // Arrows move in a row of choices and on a slider.
      if (/^(?: |arrow.*|home|end|page.*)$/i.test(keys) && event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [keys, on]);
}

/** A shortcut as this system writes it: "mod+K" is ⌘K on a Mac, Ctrl K elsewhere; Space in the language of the window. */
export function Kbd({ keys }: { keys: string }) {
  const words = keys.split("+").map((key) => (key === "mod" ? (onMac ? "⌘" : "Ctrl") : key === "Shift" && onMac ? "⇧" : key === "Alt" && onMac ? "⌥" : key === "Space" ? t`空格` : key));
  return <kbd className="kbd">{words.join(onMac ? "" : " ")}</kbd>;
}
