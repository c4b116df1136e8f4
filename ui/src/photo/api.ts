import { keepPreviousData, type QueryClient, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";
import { commands, heard, type Photo, type PhotoFilter, type PhotoImport, type PhotoPatch, toCoreError, type Trial, unwrap, useRunJob, type Wall } from "../ipc";
import { trialDays } from "./days";
import { patched } from "./marks";

const same = (a: readonly number[], b: readonly number[]) => a === b || a.length === b.length && a.every((id, nth) => id === b[nth]);

/** The wall: which photos there are in what order, as columns. An answer with the same photos keeps their array, so that nothing is laid out anew for a rating. */
export const useWall = (filter: PhotoFilter, on = true) => useQuery({
  queryKey: ["photo", "wall", filter], enabled: on, gcTime: 30_000, placeholderData: keepPreviousData,
  queryFn: () => unwrap(commands.wallPhotos(filter)),
  // Comparing 100,000 numbers is cheap; comparing the answer value by value, as queries do by themselves, is not.
  structuralSharing: (was, now) => {
    const [old, fresh] = [was as Wall | undefined, now as Wall];
    if (!old || !same(old.ids, fresh.ids)) return fresh;
    // A placeholder comes by here again and again and must stay what it is.
    return old.marks === fresh.marks && old.days === fresh.days ? old : { ...fresh, ids: old.ids };
  },
});

/** What single tiles say is asked for in pieces of the wall this long, for what is seen; pieces that are out of sight are forgotten soon. */
const piece = 60;
const none: ReadonlyMap<number, Photo> = new Map();

/** The whole pieces that hold a stretch of the wall. */
export function piecesOf(ids: readonly number[], from: number, to: number): number[][] {
  const first = Math.floor(from / piece);
  return to > from ? Array.from({ length: Math.ceil(to / piece) - first }, (_, nth) => ids.slice((first + nth) * piece, (first + nth + 1) * piece)) : [];
}

/** The photos of a stretch of the wall, as far as they are there. */
export function useTiles(ids: readonly number[], from: number, to: number, on: boolean): ReadonlyMap<number, Photo> {
  const found = useQueries({
    queries: piecesOf(ids, from, to).map((some) => ({ queryKey: ["photo", "tiles", some], enabled: on, gcTime: 20_000, staleTime: Infinity, queryFn: () => unwrap(commands.getPhotos(some)) })),
    combine: useCallback((answers: { data: Photo[] | undefined }[]) => answers.flatMap((answer) => answer.data ?? []), []),
  });
  const kept = useRef<{ found: Photo[]; map: ReadonlyMap<number, Photo> }>({ found: [], map: none });
  if (kept.current.found !== found) kept.current = { found, map: new Map(found.map((photo) => [photo.id, photo])) };
  return kept.current.map;
}

/** One photo, at once when its tile was seen. */
export function usePhoto(id: number | undefined) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["photo", "one", id], enabled: id !== undefined, gcTime: 20_000,
    queryFn: async () => (await unwrap(commands.getPhotos([id ?? 0])))[0] ?? null,
    placeholderData: () => client.getQueriesData<Photo[]>({ queryKey: ["photo", "tiles"] }).flatMap(([, photos]) => photos ?? []).find((photo) => photo.id === id),
  });
}

/** Photos by id, however many: asked for in pieces, so that no answer grows without bound. */
export async function photosOf(ids: readonly number[]): Promise<Photo[]> {
  const found: Photo[] = [];
  for (let at = 0; at < ids.length; at += 500) found.push(...await unwrap(commands.getPhotos(ids.slice(at, at + 500))));
  return found;
}

export const usePhotoFacets = (on = true) => useQuery({ queryKey: ["photo", "facets"], enabled: on, queryFn: () => unwrap(commands.listPhotoFacets()) });
export const usePhotoCounts = () => useQuery({ queryKey: ["photo", "counts"], queryFn: () => unwrap(commands.countPhotos()) });
export const useDuplicates = (on: boolean) => useQuery({ queryKey: ["photo", "twins"], queryFn: () => unwrap(commands.listDuplicates()), enabled: on, select: (found) => found.groups });
export const usePhotoProducts = (on = true) => useQuery({ queryKey: ["product", "list", {}], meta: heard.listProducts, queryFn: () => unwrap(commands.listProducts({})), enabled: on });
export const usePhotoTrials = (on = true) => useQuery({ queryKey: ["trial", "list", null], meta: heard.listTrials, queryFn: () => unwrap(commands.listTrials(null)), enabled: on });
export const usePhotoPosts = (on = true) => useQuery({ queryKey: ["post", "list", false], meta: heard.listPosts, queryFn: () => unwrap(commands.listPosts(false)), enabled: on });

/** What is on screen changes at once; what the core made of it follows with its answer. */
function show(client: QueryClient, ids: readonly number[], patch: PhotoPatch) {
  client.setQueriesData<Wall>({ queryKey: ["photo", "wall"] }, (wall) => wall && patched(wall, ids, patch));
}

/** Changes photos together, a thousand at a time. */
export function useEditPhotos() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, patch }: { ids: number[]; patch: PhotoPatch }) => {
      show(client, ids, patch);
      const edited: Photo[] = [];
      for (let at = 0; at < ids.length; at += 1000) edited.push(...await unwrap(commands.editPhotos(ids.slice(at, at + 1000), patch)));
      return edited;
    },
    onSuccess: (edited) => {
      const now = new Map(edited.map((photo) => [photo.id, photo]));
      const put = (photos: Photo[] | undefined) => photos?.map((photo) => now.get(photo.id) ?? photo);
      for (const part of ["tiles", "list"]) client.setQueriesData<Photo[]>({ queryKey: ["photo", part] }, put);
      client.setQueriesData<Photo | null>({ queryKey: ["photo", "one"] }, (photo) => (photo && now.get(photo.id)) ?? photo);
    },
    // What was shown too early is taken back.
    onError: () => client.invalidateQueries({ queryKey: ["photo", "wall"] }),
  });
}
export const useRemovePhotos = () => useMutation({ mutationFn: (ids: number[]) => unwrap(commands.removePhotos(ids)) });

export const useRestorePhotos = () => useMutation({ mutationFn: (ids: number[]) => unwrap(commands.restorePhotos(ids)) });
/** Deletes for good what lies in the trash: these, or all of it. */
export const useEmptyTrash = () => useMutation({ mutationFn: (ids: number[] | null) => unwrap(commands.emptyTrash(ids)) });

/** Takes files and folders in as one job in the tray. */
export function useImportPhotos() {
  const run = useRunJob();
  return useMutation({ mutationFn: (input: PhotoImport) => run("photo", (job) => commands.importPhotos(input, job)) });
}

/** Photos as they are on screen, else as the core has them: what an undo gives back. */
export async function photosAsTheyAre(client: QueryClient, ids: readonly number[]): Promise<Photo[]> {
  const seen = new Map(client.getQueriesData<Photo[]>({ queryKey: ["photo", "tiles"] }).flatMap(([, photos]) => photos ?? []).map((photo) => [photo.id, photo]));
  const known = ids.flatMap((id) => seen.get(id) ?? []);
  return known.length === ids.length ? known : photosOf(ids);
}

/** Puts photos with a trial: each to the day it was taken on, those of no day of it with the trial only. Only photos are said, which leaves notes and ratings of those days as they are. */
export async function addToTrial(trial: Trial, photos: readonly Photo[], today: string): Promise<Trial> {
  const { days, loose } = trialDays(trial, photos, today);
  if (loose.length > 0) await unwrap(commands.editPhotos(loose, { trial: trial.id }));
  let now = trial;
  for (const [on, ids] of days) now = await unwrap(commands.logTrial(trial.id, { on, text: "", photos: ids }));
  return now;
}

/** Puts photos with one day of a trial; what that day says stays. */
export const putOnDay = (trial: Trial, on: string, ids: readonly number[]) => unwrap(commands.logTrial(trial.id, { on, text: "", photos: [...ids] }));

/** Takes photos off the days they were put on, and gives them the trial and product they had; what lay on those days before stays. What is off already is no failure: it may be the second try. */
export async function takeOffTrial(before: Trial, after: Trial, photos: readonly Photo[]): Promise<void> {
  for (const day of after.days) {
    const lay = new Set(before.days.find((one) => one.on === day.on)?.photos);
    for (const photo of photos) if (day.photos.includes(photo.id) && !lay.has(photo.id)) {
      await unwrap(commands.moveTrialPhoto(after.id, photo.id, day.on, null, null)).catch((error: unknown) => { if (toCoreError(error).code !== "not_found") throw error; });
    }
  }
  const ways = new Map<string, number[]>();
  for (const photo of photos) {
    const was = JSON.stringify({ product: photo.product, trial: photo.trial });
    ways.set(was, [...(ways.get(was) ?? []), photo.id]);
  }
  for (const [was, ids] of ways) await unwrap(commands.editPhotos(ids, JSON.parse(was) as PhotoPatch));
}

/** Takes photos out of a post again. */
export async function takeOffPost(id: number, photos: readonly number[]): Promise<void> {
  const post = await unwrap(commands.getPost(id));
  await unwrap(commands.editPost(id, { photos: post.photos.filter((photo) => !photos.includes(photo)) }));
}

/** Puts photos behind those a post has already; one that is there is not put in twice. Answers those that are new in it. */
export async function addToPost(id: number, photos: number[]): Promise<number[]> {
  const post = await unwrap(commands.getPost(id));
  const fresh = photos.filter((photo) => !post.photos.includes(photo));
  await unwrap(commands.editPost(id, { photos: [...post.photos, ...fresh] }));
  return fresh;
}
export const writeWith = (photos: readonly Photo[]) =>
  unwrap(commands.createPost({ photos: photos.map((photo) => photo.id), products: [...new Set(photos.flatMap((photo) => photo.product ?? []))] }));
