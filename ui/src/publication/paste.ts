import { photoUrl } from "../ipc";

const asData = (channel: number | undefined) => async (id: string): Promise<string | undefined> => {
  try {
    const answer = await fetch(photoUrl(id, "preview", undefined, channel));
    if (!answer.ok) return undefined;
    const blob = await answer.blob();
    return await new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
      reader.readAsDataURL(blob);
    });
  } catch {
    return undefined;
  }
};

/**
 * HTML as an article editor takes it on paste: pictures inside the HTML, since editors fetch no local files. A picture that cannot be read
 * becomes a visible 【图 2】, so that it can be put in from the bundle's folder by hand. `picture` is for tests.
 */
export async function pasteable(html: string, channel?: number, picture: (id: string) => Promise<string | undefined> = asData(channel)): Promise<string> {
  const ids = [...new Set([...html.matchAll(/\bphoto:(\d+)/g)].map((hit) => hit[1] ?? ""))];
  const data = new Map(await Promise.all(ids.map(async (id) => [id, await picture(id)] as const)));
  return html.replace(/<img\b[^>]*?\bsrc=(["'])photo:(\d+)\1[^>]*>/g, (tag, _, id: string) => {
    const url = data.get(id);
    return url ? tag.replace(`photo:${id}`, url) : `<span style="color:#999999">【图 ${ids.indexOf(id) + 1}】</span>`;
  });
}
