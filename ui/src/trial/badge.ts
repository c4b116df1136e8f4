import { useMissing } from "./api";

/** Open trials that wait for a note of a past day, or for their verdict. */
export function useBadge(): number | undefined {
  return useMissing().data?.length;
}
