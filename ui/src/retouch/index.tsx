import { lazy, Suspense, useSyncExternalStore } from "react";
import { useQuery } from "@tanstack/react-query";
import { commands, type Photo, unwrap } from "../ipc";

const Editor = lazy(() => import("./Editor"));

let open: number | undefined;
const listeners = new Set<() => void>();
const tell = (photo: number | undefined) => { open = photo; listeners.forEach((listen) => listen()); };
const subscribe = (listen: () => void) => { listeners.add(listen); return () => { listeners.delete(listen); }; };

/** Opens the editor over the whole window; Escape closes it, what was done is kept by then. */
export const openRetouch = (photo: Photo | number) => tell(typeof photo === "number" ? photo : photo.id);
/** Whether it is open: a dialog behind it hears Escape as well and must not take it for its own. */
export const isRetouching = () => open !== undefined;
export const closeRetouch = () => tell(undefined);

/** Where the editor appears; once, in the window's frame. */
export function RetouchHost() {
  const id = useSyncExternalStore(subscribe, () => open);
  const photo = useQuery({ queryKey: ["photo", "one", id], queryFn: () => unwrap(commands.getPhoto(id ?? 0)), enabled: id !== undefined });
  return id !== undefined && photo.data?.id === id ? <Suspense><Editor key={id} photo={photo.data} onClose={closeRetouch} /></Suspense> : null;
}
