import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const sprout: MantineColorsTuple = ["#f1f7f0", "#e4efe2", "#cfe2cd", "#bfd9bf", "#7fbf8c", "#5a9a69", "#3e7b4f", "#346c46", "#2a5939", "#1f442b"];
const field = { label: "field-label", description: "field-note", error: "field-error", input: "field-input", dropdown: "drop" };

/** Mantine dressed in our tokens: the shapes are Mantine's, every colour is a variable of tokens.css. */
export const theme = createTheme({
  colors: { sprout },
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
    Menu: { defaultProps: { classNames: { dropdown: "drop", item: "menu-item" }, transitionProps: { duration: 120 } } },
    Modal: { defaultProps: { classNames: { content: "sheet", header: "sheet", title: "sheet-title" }, transitionProps: { duration: 150 } } },
    Drawer: { defaultProps: { classNames: { content: "sheet", header: "sheet", title: "sheet-title" }, transitionProps: { duration: 160 } } },
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
