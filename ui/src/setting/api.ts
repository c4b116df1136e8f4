import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ChannelPatch, commands, type Info, type NewChannel, type NewOverride, unwrap, useRunJob } from "../ipc";
import { say } from "../kit";

/** What the open workspace holds; counts of everything, so everything that is added refreshes it. */
export const useWorkspace = () => useQuery({ queryKey: ["workspace"], queryFn: () => unwrap(commands.getWorkspace()), meta: { nouns: ["product", "photo", "post", "order"] } });

/** Opens another folder (null: the one of the last time). All that was shown of the old one is asked anew. */
export function useOpenWorkspace() {
  const take = useTakeWorkspace();
  return useMutation({ mutationFn: (folder: string) => unwrap(commands.openWorkspace(folder)), onSuccess: take });
}

function useTakeWorkspace() {
  const client = useQueryClient();
  return (info: Info) => {
    client.setQueryData(["opening"], info);
    // The list of running work belongs to the window, not to the workspace.
    return client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "opening" && queryKey[0] !== "job" });
  };
}

export function useCheckWorkspace() {
  const run = useRunJob();
  return useMutation({ mutationFn: () => run("check", (job) => commands.checkWorkspace(job)) });
}

export function useBackup() {
  const run = useRunJob();
  return useMutation({ mutationFn: (file: string) => run("backup", (job) => commands.backupWorkspace(file, job)), onError: (error) => say.failed(error) });
}

export function useRestore() {
  const run = useRunJob();
  const take = useTakeWorkspace();
  return useMutation({ mutationFn: ({ file, folder }: { file: string; folder: string }) => run("restore", (job) => commands.restoreWorkspace(file, folder, job)), onSuccess: take });
}

export const useChannels = () => useQuery({ queryKey: ["channel", "list"], queryFn: () => unwrap(commands.listChannels()) });
/** The shipped rule packs, before anybody changed a figure. They come with the app, so they are asked for once. */
export const usePlatforms = () => useQuery({ queryKey: ["platform"], queryFn: () => commands.listPlatforms() });
export const useRules = (platform: string) => useQuery({ queryKey: ["channel", "rules", platform], queryFn: () => unwrap(commands.getRules(platform)) });
export const useCreateChannel = () => useMutation({ mutationFn: (input: NewChannel) => unwrap(commands.createChannel(input)) });
export const useEditChannel = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: ChannelPatch }) => unwrap(commands.editChannel(id, patch)), onError: (error) => say.failed(error) });
export const useOverride = () => useMutation({ mutationFn: (input: NewOverride) => unwrap(commands.overrideRule(input)) });
