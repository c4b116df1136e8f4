import { useWorkspace } from "./api";

/** The name of the open workspace, for the foot of the navigation. */
export const useWorkspaceName = () => useWorkspace().data?.name;
