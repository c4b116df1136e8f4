import { useMutation, useQuery } from "@tanstack/react-query";
import { commands, heard, unwrap } from "../ipc";

/** The state of the day: read from everything, so everything refreshes it. Asked again every ten minutes, because days pass by themselves. */
export const useToday = () => useQuery({
  queryKey: ["workspace", "today"], meta: heard.getToday, queryFn: () => unwrap(commands.getToday()), refetchInterval: 600_000,
});
/** Says that the new orders were looked at; from now on "new" means after this. */
export const useMarkSeen = () => useMutation({ mutationFn: () => unwrap(commands.markSeen()) });
export const useTrials = () => useQuery({ queryKey: ["trial", "list", null], meta: heard.listTrials, queryFn: () => unwrap(commands.listTrials(null)) });
export const useRecentPhotos = () => useQuery({ queryKey: ["photo", "list", { limit: 18 }], queryFn: () => unwrap(commands.listPhotos({ limit: 18 })) });
