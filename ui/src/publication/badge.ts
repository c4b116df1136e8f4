import { lacksReceipt, usePublications } from "./api";

/** How many publications wait for their link. */
export function useBadge(): number | undefined {
  return usePublications().data?.filter(lacksReceipt).length || undefined;
}
