import { t } from "@lingui/core/macro";
import type { Photo, Source, Trial } from "../ipc";
import { trialDays } from "./days";

export const sources: Source[] = ["own", "brand", "buyer", "screenshot"];
export const sourceWord = (source: Source) => ({ own: t`自拍`, brand: t`品牌方`, buyer: t`买家秀`, screenshot: t`截图` })[source];

/** How the word sounds, for typing it without an input method. */
export const sourceSound = (source: Source) => ({ own: "zipai zp own", brand: "pinpaifang ppf brand", buyer: "maijiaxiu mjx buyer", screenshot: "jietu jt screenshot" })[source];

/** What a crop of this photo keeps in view. */
export const focusOf = (photo: Partial<Pick<Photo, "focus_x" | "focus_y">>) => ({ x: photo.focus_x ?? 0.5, y: photo.focus_y ?? 0.5 });

/** Milliseconds as a player writes them: 0:14. */
export const formatClip = (ms: number | null | undefined) => {
  const seconds = Math.round((ms ?? 0) / 1000);
  return ms ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : t`视频`;
};

/** What stands on a tile: whose picture it is (a brand's in amber: it proves nothing), and how often it was used. */
export const marksOf = (photo: Photo): { text: string; tone?: "amber" }[] => [
  { text: sourceWord(photo.source), tone: photo.source === "brand" ? "amber" : undefined },
  ...(photo.used ? [{ text: t`已用 ${photo.used} 次` }] : []),
];

/** What became of photos put with a trial as it was `before`: `said` where each has its day, else how many lie on none. */
export function filedWord(before: Trial, photos: readonly Photo[], today: string, said: string): string {
  const lay = new Set(before.days.flatMap((day) => day.photos));
  const loose = trialDays(before, photos, today).loose.filter((id) => !lay.has(id)).length;
  const [dated, name] = [photos.length - loose, before.product_name];
  if (loose === 0) return said;
  return dated > 0 ? t`${dated} 张归到了「${name}」拍的那天；${loose} 张不是试用那些天拍的，或没有拍摄时间，只归到试用，还没归到哪天` : t`${loose} 张归到了「${name}」的试用；不是试用那些天拍的，或没有拍摄时间，还没归到哪天`;
}
