import { t } from "@lingui/core/macro";
import { Menu as MantineMenu, Drawer as MantineDrawer, Modal as MantineModal, Popover as MantinePopover, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { createContext, type ReactElement, type ReactNode, use, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import { isComposing, Kbd } from "./keys";
import { messageOf } from "./states";
import { keepUndo } from "./undo";

type Sheet = {
  open: boolean; onClose: () => void; title: ReactNode; children: ReactNode; actions?: ReactNode;
  /** Something is filled in and stays for the next time: closing it otherwise than by its own buttons says so. A sentence of one's own where not all of it stays. */
  kept?: boolean | string;
};

const words = "input:not([type=hidden], [type=file], [type=radio], [type=checkbox], [type=range]), textarea, [contenteditable=true], select";

/** The inside of a sheet: the hand begins in its first field, never on ×; a field that is refused gets the hand back. */
function Inside({ children, actions }: Pick<Sheet, "children" | "actions">) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const now = box.current;
    if (!now || now.querySelector("[data-autofocus]")) return;
    const first = [...now.querySelectorAll<HTMLElement>(words)].find((one) => !one.matches(":disabled, [tabindex='-1']"));
    // Without a field, the sheet as a whole: arrows scroll it, Tab goes to its first control.
    (first ?? now).setAttribute("data-autofocus", "");
  }, []);
  useEffect(() => {
    const now = box.current;
    if (!now) return;
    // What a field says of itself while one is leaving it (data-mild) must not hold anybody back.
    const watch = new MutationObserver((changes) => {
      const failed = changes.map((change) => change.target).find((one) => one instanceof HTMLElement && one.matches('[aria-invalid="true"]:not([data-mild])'));
      if (failed instanceof HTMLElement) failed.focus();
    });
    watch.observe(now, { subtree: true, attributes: true, attributeFilter: ["aria-invalid"] });
    return () => watch.disconnect();
  }, []);
  // Sent again as it was: the field is still marked, and gets the hand again.
  const again = () => setTimeout(() => box.current?.querySelector<HTMLElement>('[aria-invalid="true"]:not([data-mild])')?.focus(), 0);
  return (
    <>
      <div ref={box} tabIndex={-1} className="sheet-inside">{children}</div>
      {actions && <div className="sheet-acts" onClick={again}>{actions}</div>}
    </>
  );
}

/** Closing by Escape, ×, or a press beside the sheet. */
const leaving = (onClose: () => void, kept: Sheet["kept"]) => () => {
  onClose();
  if (kept) say.done(typeof kept === "string" ? kept : t`填的都还留着，再打开接着填`);
};

const LevelContext = createContext(200);
/** How high dialogs opened from here stand. What covers the window itself (the editor) sets it above its own height: the order of opening alone does not lift them. */
export const Level = LevelContext.Provider;

/** The sheets that are open, the topmost last; and the presses of Escape that were answered. */
let sheets: object[] = [];
const answered = new WeakSet<Event>();

/** Escape closes the topmost sheet and no other: two that stand open would else both hear it. An open list in a field keeps it for itself. */
function useEscape(open: boolean, onClose: () => void) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (!open) return;
    const sheet = {};
    sheets = [...sheets, sheet];
    const hear = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isComposing(event) || sheets.at(-1) !== sheet || answered.has(event)) return;
      if (event.target instanceof HTMLElement && event.target.getAttribute("data-mantine-stop-propagation") === "true") return;
      answered.add(event);
      close.current();
    };
    window.addEventListener("keydown", hear, true);
    return () => { sheets = sheets.filter((one) => one !== sheet); window.removeEventListener("keydown", hear, true); };
  }, [open]);
}

// A sheet's head is no banner of the page.
const plain = { header: { role: "none" } };

/** A dialog over the page; Escape closes it, `actions` stand at its foot, the main one last. `tall` takes the height of the window, for pictures; what is in it brings its own size. */
export function Modal({ open, onClose, title, children, actions, kept, size = 520, tall }: Sheet & { size?: number | string; tall?: boolean }) {
  const close = leaving(onClose, kept);
  useEscape(open, close);
  return (
    <MantineModal closeOnEscape={false} zIndex={use(LevelContext)} opened={open} onClose={close} title={title} attributes={plain} size={size} centered radius={14} padding={tall ? 16 : 22} yOffset={tall ? "1.5dvh" : undefined} xOffset={tall ? "1vw" : undefined} closeButtonProps={{ "aria-label": t`关上` }}>
      <Inside actions={actions}>{children}</Inside>
    </MantineModal>
  );
}

/** A sheet from the right, for what belongs to the page behind it. */
export function Drawer({ open, onClose, title, children, actions, kept, size = 420 }: Sheet & { size?: number | string }) {
  const close = leaving(onClose, kept);
  useEscape(open, close);
  return (
    <MantineDrawer closeOnEscape={false} zIndex={use(LevelContext)} opened={open} onClose={close} title={title} attributes={plain} size={size} position="right" padding={22} closeButtonProps={{ "aria-label": t`关上` }}>
      <Inside actions={actions}>{children}</Inside>
    </MantineDrawer>
  );
}

/** Asks before something goes: says what goes and what stays; `onYes` may take its time. `back`: it can be taken back, so Enter may say yes. */
export function Confirm({ open, onClose, title, children, yes, onYes, danger = true, back = false }: Omit<Sheet, "actions"> & { yes: ReactNode; onYes: () => unknown; danger?: boolean; back?: boolean }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try { await onYes(); onClose(); } catch (error) { say.failed(error); } finally { setBusy(false); }
  };
  return (
    <Modal open={open} onClose={onClose} title={title} size={440}
      actions={<><Button onClick={onClose} data-autofocus={!back || undefined}>{t`先不`}</Button><Button kind={danger ? "danger" : "go"} busy={busy} data-autofocus={back || undefined} onClick={() => void run()}>{yes}</Button></>}>
      {children}
    </Modal>
  );
}

/** Every key of a screen, in groups: [name of the group, [key, what it does][]]. */
export function KeySheet({ open, onClose, title, groups, children }: { open: boolean; onClose: () => void; title: ReactNode; groups: [string, [string, string][]][]; children?: ReactNode }) {
  return (
    <Modal open={open} onClose={onClose} title={title} size={760}>
      <div className="key-sheet">
        {groups.map(([name, keys]) => <section key={name}><b>{name}</b>{keys.map(([key, word]) => <p key={key}><Kbd keys={key} /><span>{word}</span></p>)}</section>)}
      </div>
      {children}
    </Modal>
  );
}

export type MenuEntry = { label: ReactNode; icon?: IconName; onClick: () => void; danger?: boolean; disabled?: boolean } | "rule";

/** A menu under `children` (one button). */
export function Menu({ children, entries, label }: { children: ReactElement; entries: MenuEntry[]; label?: string }) {
  return (
    <MantineMenu position="bottom-end" shadow="none" withinPortal>
      <MantineMenu.Target>{children}</MantineMenu.Target>
      <MantineMenu.Dropdown aria-label={label}>
        {entries.map((entry, nth) => entry === "rule"
          ? <MantineMenu.Divider key={nth} />
          : <MantineMenu.Item key={nth} leftSection={entry.icon && <Icon name={entry.icon} size={16} />} onClick={entry.onClick} disabled={entry.disabled} data-danger={entry.danger || undefined}>{entry.label}</MantineMenu.Item>)}
      </MantineMenu.Dropdown>
    </MantineMenu>
  );
}

/** A small sheet under `children` (one button), for what is looked at and left again; Escape closes it. */
export function Popover({ children, label, open, onOpen, inside, width = 340 }: { children: ReactElement; label: string; open: boolean; onOpen: (open: boolean) => void; inside: ReactNode; width?: number }) {
  return (
    <MantinePopover opened={open} onChange={onOpen} width={width} position="bottom-start" radius={12} shadow="none" withinPortal trapFocus returnFocus>
      <MantinePopover.Target>{children}</MantinePopover.Target>
      <MantinePopover.Dropdown aria-label={label} className="popover">{inside}</MantinePopover.Dropdown>
    </MantinePopover>
  );
}

/** A hint on hover and focus. */
export const Hint = ({ text, children }: { text: ReactNode; children: ReactElement }) => <Tooltip label={text} multiline maw={280}>{children}</Tooltip>;

/** What stands in the corner now, oldest first: the newest word must not wait until older ones are gone. */
let said: string[] = [];
const room = 2;
/** What went wrong and stands there: the same sentence twice is one. */
const failed = new Map<string, string>();
/** Long enough to be read and acted on; the pointer over it holds it. */
const patience = 15_000;

/** Short words at the corner of the window. `done` may offer an undo, which rejects where it fails: that is said, and the offer stays; `failed` speaks the error's own sentence, once however often it is said, and leaves by itself after a while. */
export const say = {
  done(message: ReactNode, undo?: () => unknown) {
    const back = undo && keepUndo(async () => { await undo(); notifications.hide(id); });
    while (said.length >= room) notifications.hide(said.shift() ?? "");
    const id = notifications.show({
      onClose: () => { said = said.filter((one) => one !== id); }, color: "var(--sprout)", autoClose: undo ? 8000 : 3500, withBorder: true,
      message: back
        ? <span className="row">{message}<Button small kind="quiet" icon="undo" onClick={() => void back().catch((error: unknown) => say.failed(error))}>{t`撤销`}</Button></span>
        : message,
    });
    said.push(id);
  },
  /** What was said of one workspace means nothing in another, least of all its undo. */
  clear() {
    [...said, ...failed.values()].forEach((id) => { notifications.hide(id); });
  },
  failed(error: unknown, title?: ReactNode) {
    // The tray of running work has said it.
    if (typeof error === "object" && error !== null && "told" in error && error.told === true) return;
    const message = messageOf(error);
    const key = `${String(title ?? "")} ${message}`;
    const before = failed.get(key);
    if (before) notifications.hide(before);
    const id = notifications.show({
      color: "var(--persimmon)", title, message, autoClose: patience, withBorder: true,
      onClose: () => { if (failed.get(key) === id) failed.delete(key); },
    });
    failed.set(key, id);
    // One more than fits: the oldest makes room.
    for (const [old, shown] of failed) if (failed.size > room && old !== key) { failed.delete(old); notifications.hide(shown); }
  },
};
