import { keepPreviousData, useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { commands, type CompositionSpec, heard, type Photo, unwrap } from "../ipc";

export const useTemplates = () => useQuery({ queryKey: ["composition", "templates"], queryFn: () => unwrap(commands.listCompositionTemplates()), staleTime: Infinity });

/** One page as it will be; while a new one is drawn the old one stays. */
export const usePreview = (spec: CompositionSpec, page: number, width: number) => useQuery({
  queryKey: ["composition", "preview", spec, page, width], meta: heard.previewComposition, gcTime: 20_000, retry: false, placeholderData: keepPreviousData,
  queryFn: () => unwrap(commands.previewComposition(spec, page, width)),
});

/** A kept document, by its id or by a photo it became. */
export const useKept = (id: number | undefined, photo: number | undefined) => useQuery({
  queryKey: ["composition", "one", id, photo], meta: heard.getComposition, enabled: id !== undefined || photo !== undefined, staleTime: Infinity, gcTime: 0,
  queryFn: () => (id !== undefined ? unwrap(commands.getComposition(id)) : unwrap(commands.getCompositionOfPhoto(photo ?? 0))),
});

/** What is known of the photos, by id. */
export function usePhotosOf(ids: readonly number[]): Map<number, Photo> {
  const found = useQueries({ queries: [...new Set(ids)].map((id) => ({ queryKey: ["photo", "one", id], queryFn: () => unwrap(commands.getPhoto(id)), retry: false })) });
  return new Map(found.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
}

export const useSave = () => useMutation({ mutationFn: ({ id, spec }: { id: number | null; spec: CompositionSpec }) => unwrap(commands.saveComposition(id, spec)) });
export const useExport = () => useMutation({ mutationFn: ({ spec, out }: { spec: CompositionSpec; out: string }) => unwrap(commands.exportComposition(spec, out)) });

/** Takes a first save back: the photos it became, which is refused while a post uses one, then the document. */
export async function takeBack(id: number, photos: number[]): Promise<void> {
  await unwrap(commands.removePhotos(photos));
  await unwrap(commands.removeComposition(id));
}
