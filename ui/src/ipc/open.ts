import { openPath, openUrl, revealItemInDir } from "@tauri-apps/plugin-opener";
import { inWindow } from "./window";

/** Opens a web address in the creator's own browser. */
export async function openWeb(url: string): Promise<void> {
  if (inWindow()) await openUrl(url);
  else window.open(url, "_blank", "noopener");
}

/** Opens a file or folder with the program the system has for it. */
export const openFile = (path: string): Promise<void> => openPath(path);

/** Shows a file in Finder or Explorer. */
export const revealFile = (path: string): Promise<void> => revealItemInDir(path);
