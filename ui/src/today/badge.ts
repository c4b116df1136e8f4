import { useToday } from "./api";

/** How many things wait to be done. */
export const useBadge = (): number | undefined => useToday().data?.todos.length || undefined;
