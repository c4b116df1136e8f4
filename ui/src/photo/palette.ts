import { t } from "@lingui/core/macro";
import { commands as core, photoUrl, unwrap } from "../ipc";
import type { PaletteItem } from "../kit";

/** Photos by what their captions say. */
export async function search(words: string): Promise<PaletteItem[]> {
  const hits = await unwrap(core.search(words, ["photo"], 6));
  return hits.map((hit) => ({ id: `photo-${hit.id}`, title: hit.title || hit.snippet, note: t`素材`, icon: "photo", picture: photoUrl(hit.id, "thumb"), run: (go) => go(`/photo?show=${hit.id}`) }));
}
