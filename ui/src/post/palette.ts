import { t } from "@lingui/core/macro";
import { commands as core, photoUrl, unwrap } from "../ipc";
import { findWords, type PaletteItem, say } from "../kit";
import { startPost } from "./api";

const begin = (go: (path: string) => void) => void startPost().then((id) => go(`/post/${id}`), say.failed);

export const commands = (): PaletteItem[] => [
  { id: "post-new", title: t`写一篇`, note: t`写作`, icon: "plus", words: "xieyipian xyp xinjian new post write 新建 xinjian xj new", run: begin },
];

/** Posts by title and text; the core's index finds the text, the list finds titles as they are typed. */
export async function search(words: string): Promise<PaletteItem[]> {
  const [all, hits] = await Promise.all([unwrap(core.listPosts(false)), unwrap(core.search(words, ["post"], 8)).catch(() => [])]);
  const typed = words.trim().toLowerCase();
  const said = new Map(hits.map((hit) => [hit.id, findWords(hit.snippet, words)]));
  const found = new Set([...hits.map((hit) => hit.id), ...all.filter((post) => post.title.toLowerCase().includes(typed)).map((post) => post.id)]);
  return all.filter((post) => found.has(post.id)).slice(0, 8).map((post) => ({
    id: `post-${post.id}`, title: post.title || t`还没有标题`, note: t`写作`, icon: "post", picture: post.cover === null ? undefined : photoUrl(post.cover, "thumb"),
    run: (go) => go(said.has(post.id) ? `/post/${post.id}?find=${encodeURIComponent(said.get(post.id) ?? "")}` : `/post/${post.id}`),
  }));
}
