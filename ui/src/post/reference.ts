/** The reference syntax of a post's Markdown, as in the core's post module. Offsets are UTF-16, as an editor counts. */
export type Reference = { kind: "photo" | "price" | "review" | "link"; id: number; words: string; from: number; to: number };

const pattern = /!\[([^\]\n]*)\]\(photo:(\d+)\)|\[([^\]\n]*)\]\((price|review|link):(\d+)\)/g;

/** The references in a text, in order; `shift` is added to their places. */
export function references(text: string, shift = 0): Reference[] {
  return [...text.matchAll(pattern)].map((hit) => {
    const from = shift + hit.index;
    const to = from + hit[0].length;
    return hit[2] !== undefined
      ? { kind: "photo", id: Number(hit[2]), words: hit[1] ?? "", from, to }
      : { kind: hit[4] as Reference["kind"], id: Number(hit[5]), words: hit[3] ?? "", from, to };
  });
}

// A bracket or line break inside the words would end the reference early.
const plain = (words: string) => words.replace(/[[\]\n]/g, " ").trim();

export const refer = {
  photo: (id: number, words: string) => `![${plain(words)}](photo:${id})`,
  price: (id: number, words: string) => `[${plain(words)}](price:${id})`,
  review: (id: number) => `[](review:${id})`,
  link: (product: number, words: string) => `[${plain(words)}](link:${product})`,
};

/** Topics of a text: #通勤防晒, not the # of a heading. */
export const topic = /(^|[\s\u3000，。；！？、）)])#([^\s#，。；！？、,.;!?()[\]]+)/g;

/** A block (a photo) with the line breaks it needs around it. `before` and `after` are what the line holds on either side, `more` whether lines follow. */
export function onOwnLine(text: string, before: string, after: string, more: boolean): string {
  return `${before.trim() ? "\n\n" : ""}${text}${after.trim() ? "\n\n" : more ? "" : "\n\n"}`;
}
