import { convertFileSrc } from "@tauri-apps/api/core";
import { inWindow } from "./window";

/** thumb: 3:4 walls and rows; preview: the large view; original: as it was taken. */
export type PhotoSize = "thumb" | "preview" | "original";

// How many workspaces were opened in place of the first.
let workspaces = 0;

/** After another workspace is opened the same number is another picture: addresses change, so that none kept by the window is shown for it. */
export const forgetPhotos = () => { workspaces += 1; };

/**
 * The address of a photo, for `<Picture src>`: photo://localhost/thumb/ID, on Windows http://photo.localhost/thumb/ID.
 * It is shown edited; "plain" is the photo as it came, a channel's number what that channel gets. `version` (a photo's `edited`) makes the window
 * ask again.
 */
export function photoUrl(id: string | number, size: PhotoSize, version?: string | number, look?: "plain" | number): string {
  // The slashes must stay slashes, hence the scheme's root from Tauri and our own path behind it.
  const root = inWindow() ? convertFileSrc("", "photo") : "photo://localhost/";
  const asked = [...(version === undefined ? [] : [`v=${version}`]), ...(workspaces ? [`w=${workspaces}`] : [])];
  return `${root}${size}/${encodeURIComponent(id)}${look === undefined ? "" : `/${look}`}${asked.length ? `?${asked.join("&")}` : ""}`;
}
