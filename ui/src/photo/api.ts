import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { commands, type Photo, type PhotoFilter, type PhotoImport, type PhotoPatch, type Trial, unwrap, useRunJob } from "../ipc";
import { dayOf } from "./days";

const page = 1000;

/** The wall: pages of 1,000, newest first, so that the first screen is there at once however large the library is. */
export const useWall = (filter: PhotoFilter, on = true) => useInfiniteQuery({
  queryKey: ["photo", "wall", filter], enabled: on, initialPageParam: 0,
  queryFn: ({ pageParam }) => unwrap(commands.listPhotos({ ...filter, limit: page, offset: pageParam })),
  getNextPageParam: (last, all) => (last.length < page ? undefined : all.length * page),
});
export const usePhotoCounts = () => useQuery({ queryKey: ["photo", "counts"], queryFn: () => unwrap(commands.countPhotos()) });
export const useDuplicates = (on: boolean) => useQuery({ queryKey: ["photo", "duplicates"], queryFn: () => unwrap(commands.listDuplicates()), enabled: on });
export const usePhotoProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], queryFn: () => unwrap(commands.listProducts({})), enabled: on });
export const usePhotoTrials = (on = true) => useQuery({ queryKey: ["trial", "list", null], queryFn: () => unwrap(commands.listTrials(null)), enabled: on });
export const usePhotoPosts = (on = true) => useQuery({ queryKey: ["post", "list", false], queryFn: () => unwrap(commands.listPosts(false)), enabled: on });

/** Changes photos together; what is on screen changes with the answer, lists that may have lost a photo are asked again by the event. */
export function useEditPhotos() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, patch }: { ids: number[]; patch: PhotoPatch }) => unwrap(commands.editPhotos(ids, patch)),
    onSuccess: (edited) => {
      const now = new Map(edited.map((photo) => [photo.id, photo]));
      const put = (photos: Photo[]) => photos.map((photo) => now.get(photo.id) ?? photo);
      client.setQueriesData<InfiniteData<Photo[]>>({ queryKey: ["photo", "wall"] }, (data) => data && { ...data, pages: data.pages.map(put) });
      client.setQueriesData<Photo[]>({ queryKey: ["photo", "list"] }, (data) => data && put(data));
      client.setQueriesData<Photo[][]>({ queryKey: ["photo", "duplicates"] }, (data) => data?.map(put));
    },
  });
}
export const useRemovePhotos = () => useMutation({ mutationFn: (ids: number[]) => unwrap(commands.removePhotos(ids)) });

/** Takes files and folders in as one job in the tray. */
export function useImportPhotos() {
  const run = useRunJob();
  return useMutation({ mutationFn: (input: PhotoImport) => run("photo", (job) => commands.importPhotos(input, job)) });
}

/** Puts photos with a trial: each to the day it was taken on, kept inside the trial. Only photos are said, which leaves notes and ratings of those days as they are. */
export async function addToTrial(trial: Trial, photos: readonly Photo[], today: string): Promise<Trial> {
  const end = trial.finished_on ?? today;
  const days = new Map<string, number[]>();
  for (const photo of photos) {
    const taken = dayOf(photo);
    const on = taken < trial.started_on ? trial.started_on : taken > end ? end : taken;
    days.set(on, [...(days.get(on) ?? []), photo.id]);
  }
  let now = trial;
  for (const [on, ids] of days) now = await unwrap(commands.logTrial(trial.id, { on, text: "", photos: ids }));
  return now;
}

/** Puts photos behind those a post has already; one that is there is not put in twice. */
export async function addToPost(id: number, photos: number[]): Promise<void> {
  const post = await unwrap(commands.getPost(id));
  await unwrap(commands.editPost(id, { photos: [...post.photos, ...photos.filter((photo) => !post.photos.includes(photo))] }));
}
export const writeWith = (photos: readonly Photo[]) =>
  unwrap(commands.createPost({ photos: photos.map((photo) => photo.id), products: [...new Set(photos.flatMap((photo) => photo.product ?? []))] }));
