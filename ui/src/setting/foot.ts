import { useQuery } from "@tanstack/react-query";
import { commands, unwrap } from "../ipc";

/** The name of the open workspace, for the foot of the navigation: what the gate learned when it opened it, so no change asks again. */
export const useWorkspaceName = () => useQuery({ queryKey: ["opening"], queryFn: () => unwrap(commands.openWorkspace(null)), select: (info) => info.name, staleTime: Infinity }).data;
