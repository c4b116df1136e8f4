import type { IconName } from "./Icon";

/** One line of the palette. A room exports `commands: PaletteItem[]` (or a function of the go-to) and `search(words)` from its `palette.ts`. */
export type PaletteItem = {
  id: string;
  title: string;
  /** A quiet second part: what kind of thing, where it is. */
  note?: string;
  icon?: IconName;
  picture?: string;
  /** More words it answers to: pinyin, initials, other names. */
  words?: string;
  keys?: string;
  run: (go: (path: string) => void) => void;
};

/** What `src/<room>/palette.ts` may export; the window collects them by itself. */
export type PaletteSource = { commands?: () => PaletteItem[]; search?: (words: string) => Promise<PaletteItem[]> };
