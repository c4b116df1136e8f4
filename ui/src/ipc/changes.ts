import type { QueryClient } from "@tanstack/react-query";
import type { Changed, Noun } from "./commands";
import { listen } from "./window";

declare module "@tanstack/react-query" {
  // A query read from several nouns (a report, the day) names the others here; its key still begins with the first.
  interface Register { queryMeta: { nouns?: Noun[] } }
}

/**
 * The one road for every refresh: the core says which nouns changed, and every query whose key starts with such a noun (or whose `meta.nouns`
 * names one) is asked again. Query keys therefore begin with the noun: ["product", "list", filter]. Returns how to stop.
 */
export function followChanges(client: QueryClient): () => void {
  return listen<Changed>("changed", ({ nouns }) => {
    // Too much at once to name: the shell sends an empty list and everything is asked again.
    if (nouns.length === 0) return void client.invalidateQueries();
    const touched = new Set<unknown>(nouns);
    void client.invalidateQueries({ predicate: ({ queryKey, meta }) => touched.has(queryKey[0]) || Boolean(meta?.nouns?.some((noun) => touched.has(noun))) });
  });
}
