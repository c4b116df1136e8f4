import { t } from "@lingui/core/macro";
import { Menu as MantineMenu } from "@mantine/core";
import { type MouseEvent as ReactMouseEvent, useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "./Icon";
import { isField } from "./keys";
import type { MenuEntry } from "./overlays";

type Asked = { x: number; y: number; label: string; entries: MenuEntry[]; back: HTMLElement | null };

// One menu stands open in a window at most, so one place holds it.
let asked: Asked | undefined;
const ears = new Set<() => void>();
const tell = (next: Asked | undefined) => { asked = next; ears.forEach((ear) => ear()); };
const listen = (ear: () => void) => { ears.add(ear); return () => void ears.delete(ear); };

/** Where the menu opens: at the pointer; asked for by a key, on the thing itself. */
function spot(event: MouseEvent | ReactMouseEvent): { x: number; y: number } {
  const byKey = event.button !== 2 && event.clientX === 0 && event.clientY === 0;
  if (!byKey || !(event.target instanceof Element)) return { x: event.clientX, y: event.clientY };
  const box = event.target.getBoundingClientRect();
  return { x: box.left + Math.min(24, box.width / 2), y: box.top + Math.min(24, box.height / 2) };
}

/**
 * The menu of a thing, on its right click (or the menu key): `<li {...contextMenu(title, () => entries)}>`. The same actions as elsewhere on it, never
 * more; what stands inside a text field keeps the field's own menu. The innermost thing answers.
 */
export const contextMenu = (label: string, entries: () => MenuEntry[]) => ({
  onContextMenu(event: ReactMouseEvent) {
    if (event.defaultPrevented || isField(event.target)) return;
    const list = entries();
    if (!list.length) return;
    event.preventDefault();
    event.stopPropagation();
    tell({ ...spot(event), label, entries: list, back: document.activeElement instanceof HTMLElement ? document.activeElement : null });
  },
});

/** Draws the menu that was asked for, and keeps the browser's own (Back, Reload, Inspect) off everything but text fields. Stands once in the window. */
export function ContextMenuHost({ onCopy }: { onCopy: (text: string) => void }) {
  const now = useSyncExternalStore(listen, () => asked);
  const [shown, setShown] = useState<Asked>();
  useEffect(() => { if (now) setShown(now); }, [now]);
  useEffect(() => {
    const off = (event: MouseEvent) => {
      if (event.defaultPrevented || isField(event.target)) return;
      event.preventDefault();
      // Marked words can still be copied by the mouse alone.
      const words = getSelection()?.toString() ?? "";
      const inside = event.target instanceof Node && Boolean(getSelection()?.containsNode(event.target, true));
      if (words.trim() && inside) tell({ ...spot(event), label: t`选中的文字`, entries: [{ label: t`复制`, icon: "copy", onClick: () => onCopy(words) }], back: null });
      else tell(undefined);
    };
    const close = () => tell(undefined);
    // The keyboard's way to a menu, where the system does not make a press of it: on the thing that has the focus.
    const key = (event: KeyboardEvent) => {
      const at = document.activeElement;
      if (!(event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) || !at || at === document.body || isField(at)) return;
      event.preventDefault();
      at.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }));
    };
    // One press asks for a menu or does what a click does, never both: WebKit may end the press that asked with a click.
    let isAsking = false;
    const press = () => { isAsking = false; };
    const ask = (event: MouseEvent) => { isAsking = event.buttons !== 0; };
    const click = (event: MouseEvent) => { if (isAsking) { event.preventDefault(); event.stopPropagation(); } press(); };
    const presses = [["pointerdown", press], ["keydown", press], ["contextmenu", ask], ["click", click]] as const;
    for (const [kind, ear] of presses) window.addEventListener(kind, ear as EventListener, true);
    window.addEventListener("contextmenu", off);
    window.addEventListener("keydown", key);
    window.addEventListener("blur", close);
    window.addEventListener("resize", close);
    window.addEventListener("wheel", close, { passive: true });
    return () => {
      for (const [kind, ear] of presses) window.removeEventListener(kind, ear as EventListener, true);
      window.removeEventListener("contextmenu", off);
      window.removeEventListener("keydown", key);
      window.removeEventListener("blur", close);
      window.removeEventListener("resize", close);
      window.removeEventListener("wheel", close);
    };
  }, [onCopy]);
  // Closing plays out with the entries it had.
  const menu = now ?? shown;
  if (!menu) return null;
  const close = () => { tell(undefined); menu.back?.focus({ preventScroll: true }); };
  return (
    <MantineMenu key={`${menu.x}:${menu.y}`} opened={Boolean(now)} onChange={(open) => { if (!open) close(); }} position="bottom-start" offset={2} shadow="none" withinPortal zIndex={1000} transitionProps={{ duration: 0 }}>
      {/* The menu is named after its target. */}
      <MantineMenu.Target><span className="visually-hidden" aria-hidden="true" style={{ position: "fixed", left: menu.x, top: menu.y, pointerEvents: "none" }}>{menu.label}</span></MantineMenu.Target>
      <MantineMenu.Dropdown data-testid="context-menu">
        {menu.entries.map((entry, nth) => entry === "rule"
          ? <MantineMenu.Divider key={nth} />
          : <MantineMenu.Item key={nth} leftSection={entry.icon && <Icon name={entry.icon} size={16} />} onClick={entry.onClick} disabled={entry.disabled} data-danger={entry.danger || undefined}>{entry.label}</MantineMenu.Item>)}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}
