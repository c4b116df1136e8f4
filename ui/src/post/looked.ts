import { t } from "@lingui/core/macro";
import type { Aspect, Checked } from "../ipc";

const words = (aspect: Aspect) => ({ count: t`字数`, link: t`链接`, reference: t`引用`, mark: t`「广告」`, picture: t`图片`, claim: t`说法` })[aspect];

/** What a check looked at and what nobody looked at, from the core's own word: silence about the rest means nothing. */
export function lookedWords({ looked, unlooked }: Pick<Checked, "looked" | "unlooked">): string {
  const all = (aspects: readonly Aspect[]) => aspects.map(words).join(t`、`);
  if (!looked.length) return t`还没有查过`;
  return unlooked.length ? t`${all(looked)}查过了，${all(unlooked)}还没查` : t`${all(looked)}查过了`;
}
