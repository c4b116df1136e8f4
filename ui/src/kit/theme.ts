import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const sprout: MantineColorsTuple = ["#f1f7f0", "#e4efe2", "#cfe2cd", "#bfd9bf", "#7fbf8c", "#5a9a69", "#3e7b4f", "#346c46", "#2a5939", "#1f442b"];
// Mantine's own greys, warmed to our paper: they show in pills, hovers and dividers.
const gray: MantineColorsTuple = ["#faf8f3", "#f3f0e8", "#ede9de", "#e7e2d6", "#d8d2c3", "#b5b0a2", "#8f8b7e", "#656a5e", "#3b4038", "#22271f"];
const dark: MantineColorsTuple = ["#eceee6", "#b1b6a8", "#959b8d", "#6d7266", "#31352d", "#2a2e27", "#1f221d", "#1a1c18", "#171915", "#10120e"];
const sheet = { content: "sheet", header: "sheet", title: "sheet-title" };
const veil = { color: "#171915", backgroundOpacity: 0.38 };
const tick = { description: "field-note tick-note" };
const field = { label: "field-label", description: "field-note", error: "field-error", input: "field-input", dropdown: "drop" };

/** Where what opens over the window hangs: a landmark of its own beside the room, so that nothing on the screen stands outside of all landmarks. */
function overlays(): HTMLElement {
  const over = document.createElement("section");
  over.setAttribute("aria-label", "草本");
  over.dataset.overlays = "";
  document.body.append(over);
  return over;
}

/** Mantine dressed in our tokens: the shapes are Mantine's, every colour is a variable of tokens.css. */
export const theme = createTheme({
  colors: { sprout, gray, dark },
  primaryColor: "sprout",
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  fontFamily: "var(--text)",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Consolas, monospace",
  defaultRadius: 9,
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    TextInput: { defaultProps: { classNames: field } },
    Textarea: { defaultProps: { classNames: field } },
    NumberInput: { defaultProps: { classNames: field } },
    Select: { defaultProps: { classNames: field } },
    TagsInput: { defaultProps: { classNames: field } },
    Switch: { defaultProps: { classNames: tick, withThumbIndicator: false } },
    Checkbox: { defaultProps: { classNames: tick } },
    // The first entry takes the focus itself: an element of its own for it is none that a menu may hold.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, classNames: { dropdown: "drop", item: "menu-item" }, transitionProps: { duration: 120 } } },
    Notification: { defaultProps: { classNames: { root: "drop", title: "note-title", description: "note-words" } } },
    Modal: { defaultProps: { classNames: sheet, overlayProps: veil, transitionProps: { duration: 150 } } },
    Drawer: { defaultProps: { classNames: sheet, overlayProps: veil, transitionProps: { duration: 160 } } },
    Portal: { defaultProps: { target: overlays() } },
    Tooltip: { defaultProps: { openDelay: 350 } },
  },
});

const shared = {
  "--mantine-color-body": "var(--card)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink3)",
  "--mantine-color-placeholder": "var(--ink3)",
  "--mantine-color-default": "var(--card)",
  "--mantine-color-default-hover": "var(--sunk)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-error": "var(--persimmon-ink)",
  "--mantine-color-anchor": "var(--sky-ink)",
};

/** Light and dark come from tokens.css, so both schemes hand Mantine the same variables. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
