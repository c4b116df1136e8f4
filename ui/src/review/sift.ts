import type { Found, ReasonKind, Review } from "../ipc";

/** What of the reviews is shown. */
export type Sift = { reason?: { kind: ReasonKind; label: string }; returned?: boolean; consent?: boolean; photos?: boolean; open?: boolean; product?: number; trashed?: boolean };

/** The creator's word, or what a rule proposes while the creator has not spoken. */
export function gives(review: Review, kind: ReasonKind, label: string): boolean {
  const said = { bought_because: review.reasons, returned_because: review.returned, sensitivity: review.sensitivity ? [review.sensitivity] : [] }[kind];
  return (said as string[]).includes(label) || proposals(review).some((found) => found.kind === kind && found.label === label);
}

export const proposals = (review: Review): Found[] => (review.found ?? []).filter((found) => found.standing === "proposed");

export const sifted = (reviews: Review[], { reason, returned, consent, photos, open, product }: Sift) => reviews.filter((review) =>
  (!reason || (!review.own && gives(review, reason.kind, reason.label)))
  && (!returned || review.returned.length > 0 || (review.found ?? []).some((found) => found.kind === "returned_because" && found.standing !== "declined"))
  && (!consent || (review.consent && !review.own))
  && (!photos || review.photos.length > 0)
  && (!open || proposals(review).length > 0)
  && (product === undefined || review.product === product));

/** A text cut where hits begin and end; offsets are UTF-16 units, as JavaScript counts. */
export function pieces(text: string, found: Pick<Found, "kind" | "label" | "hits">[]): { text: string; kinds: ReasonKind[]; labels: string[] }[] {
  const hits = found.flatMap((one) => one.hits.map((hit) => ({ ...hit, kind: one.kind, label: one.label })));
  const cuts = [...new Set([0, text.length, ...hits.flatMap((hit) => [hit.start, hit.end])])].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return cuts.slice(1).map((end, nth) => {
    const start = cuts[nth] ?? 0;
    const over = hits.filter((hit) => hit.start <= start && hit.end >= end);
    return { text: text.slice(start, end), kinds: [...new Set(over.map((hit) => hit.kind))], labels: [...new Set(over.map((hit) => hit.label))] };
  });
}
