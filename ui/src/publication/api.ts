import { t } from "@lingui/core/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { commands, heard, type NewChannel, type NewPublication, type PublicationPatch, unwrap } from "../ipc";
import { say } from "../kit";

/** Everything that went out, newest first. */
export const usePublications = (post: number | null = null) => useQuery({ queryKey: ["publication", "list", post], meta: heard.listPublications, queryFn: () => unwrap(commands.listPublications(post)) });

/** Bundles written so far, newest first. */
export const useBundles = (post: number | null = null) => useQuery({ queryKey: ["bundle", "list", post], queryFn: () => unwrap(commands.listBundles(post)) });

/** The platforms whose rules are known. */
export const usePlatforms = () => useQuery({ queryKey: ["channel", "platforms"], queryFn: () => commands.listPlatforms() });

export const useAddPublication = () => useMutation({ mutationFn: (input: NewPublication) => unwrap(commands.addPublication(input)) });
export const useEditPublication = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: PublicationPatch }) => unwrap(commands.editPublication(id, patch)) });
/** Takes away a record that was made by mistake, with the way back. Which orders it had decides on how they were told: those by its note go, those by a link stay. */
export const useRemovePublication = () => async (id: number) => {
  await unwrap(commands.removePublication(id));
  say.done(t`删掉了这条发布记录。靠它的笔记编号认来的订单不再算给它，靠链接和优惠码认来的照旧；发出去的内容不受影响`, () => unwrap(commands.restorePublication(id)));
};
export const useCreateChannel = () => useMutation({ mutationFn: (input: NewChannel) => unwrap(commands.createChannel(input)) });

/** Whether neither the link nor the note's id was pasted back, where there is one: a message in a chat or a card on a counter has none. */
export const lacksReceipt = (one: { url: string; note_id: string; receipt: boolean }) => one.receipt && !one.url && !one.note_id;
