import { t } from "@lingui/core/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ChannelPatch, commands, forgetPhotos, heard, type Info, type NewChannel, type NewOverride, unwrap, useRunJob, type Watch } from "../ipc";
import { forgetForms, leaveSafely, say } from "../kit";

/** What the open workspace holds; counts of everything, so everything that is added refreshes it. */
export const useWorkspace = () => useQuery({ queryKey: ["workspace"], queryFn: () => unwrap(commands.getWorkspace()), meta: { nouns: ["product", "photo", "post", "order"] } });

const unsaved = () => new Error(t`还有写下的文字没能存进现在的工作区，所以没有切换，文字都还在。先处理好保存失败的那一处，再切换。`);

/** Another folder in place of the one that is open, once everything typed is saved. All that was shown of the old one is asked anew. */
function useSwitch() {
  const client = useQueryClient();
  return (folder: string): Promise<Info> => leaveSafely(unsaved, async () => {
    const info = await unwrap(commands.openWorkspace(folder));
    forgetPhotos();
    forgetForms();
    say.clear();
    client.setQueryData(["opening"], info);
    // The list of running work belongs to the window, not to the workspace.
    await client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== "opening" && queryKey[0] !== "job" });
    return info;
  });
}

/** Opens another folder. What it says is said here: the page that asked is not shown meanwhile. */
export function useOpenWorkspace() {
  return useMutation({
    mutationFn: useSwitch(),
    onSuccess: (now) => say.done(t`已打开「${now.name}」`),
    onError: (error) => say.failed(error, t`没能打开，原来的工作区还开着`),
  });
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
  const open = useSwitch();
  return useMutation({
    mutationFn: async ({ file, folder }: { file: string; folder: string }) => {
      const { problems, changed } = await run("restore", (job) => commands.restoreWorkspace(file, folder, job));
      return { now: await open(folder), problems, changed };
    },
    // What is not as it was must be read: it stands until it is taken away, and a check lists it again.
    onSuccess: ({ now, problems, changed }) => {
      const wrong = problems.map((one) => `${one.what}（${one.where}）`);
      const lines = [...changed, ...wrong.slice(0, 5)].join("\n");
      if (wrong.length > 0) say.failed(new Error(lines), t`已恢复「${now.name}」，但有 ${wrong.length} 处不对`);
      else say.done([t`已恢复，打开的是「${now.name}」`, ...changed].join("\n"));
    },
    onError: (error) => say.failed(error),
  });
}

/** Makes the sample in a folder of its own and opens it; the workspace that is open stays where it is. */
export function useSample() {
  const run = useRunJob();
  const open = useSwitch();
  return useMutation({
    mutationFn: async (folder: string) => {
      await run("sample", (job) => commands.createSample(folder, job));
      return open(folder);
    },
    onSuccess: (now) => say.done(t`打开的是样本「${now.name}」，随便试；你自己的工作区原样在原处，设置里能换回去`),
    onError: (error) => say.failed(error),
  });
}

export const useChannels = () => useQuery({ queryKey: ["channel", "list"], queryFn: () => unwrap(commands.listChannels()) });
/** The shipped rule packs, before anybody changed a figure. They come with the app, so they are asked for once. */
export const usePlatforms = () => useQuery({ queryKey: ["platform"], queryFn: () => commands.listPlatforms() });
export const useRules = (platform: string) => useQuery({ queryKey: ["channel", "rules", platform], queryFn: () => unwrap(commands.getRules(platform)) });
export const useCreateChannel = () => useMutation({ mutationFn: (input: NewChannel) => unwrap(commands.createChannel(input)) });
export const useEditChannel = () => useMutation({ mutationFn: ({ id, patch }: { id: number; patch: ChannelPatch }) => unwrap(commands.editChannel(id, patch)) });
export const useOverride = () => useMutation({ mutationFn: (input: NewOverride) => unwrap(commands.overrideRule(input)) });

/** The watched folder; a change of it is a change of the workspace. */
export const useWatch = () => useQuery({ queryKey: ["workspace", "watch"], queryFn: () => unwrap(commands.getWatch()) });
export const useSetWatch = () => useMutation({ mutationFn: (watch: Watch | null) => unwrap(commands.setWatch(watch)), onError: (error) => say.failed(error) });
export const useProducts = (on: boolean) => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})), enabled: on });

/** Where the key of buyers' hashes is; orders and reviews that come in may make it. */
export const useBuyerKey = () => useQuery({ queryKey: ["workspace", "buyer-key"], queryFn: () => unwrap(commands.getBuyerKey()), meta: { nouns: ["workspace", "order", "review"] } });
/** The recovery code is shown on demand and kept by no query. */
export const useShowBuyerCode = () => useMutation({ gcTime: 0, mutationFn: () => unwrap(commands.showBuyerCode()), onError: (error) => say.failed(error) });
export const useRecoverBuyerKey = () => useMutation({ mutationFn: (code: string) => unwrap(commands.recoverBuyerKey(code)) });
export const useReleaseBuyerKey = () => useMutation({ mutationFn: () => unwrap(commands.releaseBuyerKey()), onError: (error) => say.failed(error) });
