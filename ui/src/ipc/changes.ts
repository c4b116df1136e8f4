import type { QueryClient } from "@tanstack/react-query";
import { listen } from "./window";

/** The nouns a commit touched, e.g. ["link", "post"]. */
export type Changed = { nouns: string[] };

/**
 * The one road for every refresh: the core says which nouns changed, and every query whose key starts with such a noun is asked again.
 * Query keys therefore begin with the noun: ["product", "list", filter]. Returns how to stop.
 */
export function followChanges(client: QueryClient): () => void {
  return listen<Changed>("changed", ({ nouns }) => {
    const touched = new Set<unknown>(nouns);
    void client.invalidateQueries({ predicate: (query) => touched.has(query.queryKey[0]) });
  });
}
