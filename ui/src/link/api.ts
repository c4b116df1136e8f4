import { t } from "@lingui/core/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type Allow, commands, heard, type Link, type LinkFilter, type LinkKind, type LinkPolicy, type NewLink, unwrap } from "../ipc";
import { say } from "../kit";

/** Links that match, newest first. */
export const useLinks = (filter: LinkFilter) => useQuery({ queryKey: ["link", "list", filter], meta: heard.listLinks, queryFn: () => unwrap(commands.listLinks(filter)) });

/** A link's QR code as SVG; forbidden where the channel bans QR codes. */
export const useQr = (id: number | undefined) => useQuery({ queryKey: ["link", "qr", id], meta: heard.getLinkQr, queryFn: () => unwrap(commands.getLinkQr(id ?? 0)), enabled: id !== undefined });

export const useCreateLink = () => useMutation({ mutationFn: (input: NewLink) => unwrap(commands.createLink(input)) });

/** Which permission of a platform stands behind a kind of link. A note needs none: nothing stands in the post. */
export const permission = (policy: LinkPolicy, kind: LinkKind): Allow => ({ url: policy.text_link, qr: policy.qr, coupon: policy.coupon, word: policy.word, card: policy.card, note: "yes" as const })[kind];

export const kinds: LinkKind[] = ["url", "qr", "coupon", "word", "card", "note"];

/** A line of the list: a heading (a post or a channel), or a link under it. */
export type Item = { key: string; head: { title: string; note: string; post?: number } } | { key: string; link: Link };

/** Links under their post or channel; groups in the order their newest link was made. */
export function grouped(links: readonly Link[], by: "post" | "channel"): Item[] {
  const groups = new Map<number, Link[]>();
  for (const link of links) {
    const list = groups.get(link[by]);
    if (list) list.push(link); else groups.set(link[by], [link]);
  }
  return [...groups].flatMap(([id, list]): Item[] => {
    const first = list[0];
    if (!first) return [];
    const head = by === "post" ? { title: first.post_title, note: String(list.length), post: id } : { title: first.channel_name, note: String(list.length) };
    return [{ key: `head-${by}-${id}`, head }, ...list.map((link) => ({ key: `link-${link.id}`, link }))];
  });
}

/** Whether a link answers to what was typed: code, product, post, channel or coupon. */
export const answers = (link: Link, words: string) =>
  words.toLowerCase().split(/\s+/).every((word) => `${link.code} ${link.product_name} ${link.post_title} ${link.channel_name} ${link.coupon ?? ""} ${link.url}`.toLowerCase().includes(word));

/** Takes a link off the list, with the way back. Its code is never given to another: what is printed stays good. */
export function useRemoveLink() {
  return async (link: Link) => {
    try {
      await unwrap(commands.removeLink(link.id));
      say.done(t`拿掉了 ${link.code}。编号还归它，已经印出去的照样算得到`, () => unwrap(commands.restoreLink(link.id)));
    } catch (error) { say.failed(error); }
  };
}
