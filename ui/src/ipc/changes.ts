import type { QueryClient } from "@tanstack/react-query";
import type { Changed } from "./commands";
import { listen } from "./window";


/**
 * The one road for every refresh: the core says which nouns changed, and every query whose key starts with such a noun is asked again.
 * Query keys therefore begin with the noun: ["product", "list", filter]. Returns how to stop.
 */
export function followChanges(client: QueryClient): () => void {
  return listen<Changed>("changed", ({ nouns }) => {
    // Too much at once to name: the shell sends an empty list and everything is asked again.
    if (nouns.length === 0) return void client.invalidateQueries();
    const touched = new Set<unknown>(nouns);
    void client.invalidateQueries({ predicate: (query) => touched.has(query.queryKey[0]) });
  });
}
