import type { Today } from "../ipc";
import type { Preview } from "../ipc/fake";

const full = !location.search.includes("empty");
let seen = false;
const day = (): Today => full
  ? {
    on: "2026-11-22", new_orders: seen ? 0 : 12, new_net: seen ? 0 : 164200, new_refunds: seen ? 0 : 1, currency: "CNY", since: "2026-11-21T22:10:00+08:00", products: 312, photos: 2846, posts: 58, publications: 41,
    todos: [
      { kind: "trial_day", id: 1, about: 1, title: "云感防晒乳", days: 6, missing: ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21"], cover: 11 },
      { kind: "trial_day", id: 2, about: 4, title: "手冲挂耳咖啡 20 包", days: 2, missing: ["2026-11-21"], cover: 23 },
      { kind: "receipt", id: 9, about: 3, title: "懒人也能养活的桌面绿植", days: 1, missing: [], cover: 37 },
      { kind: "unpublished", id: 2, about: 2, title: "一个人喝刚好的小麦，偏甜", days: 0, missing: [], cover: 52 },
      { kind: "draft", id: 5, about: 5, title: "换季厚涂，干皮的两支对比", days: 3, missing: [], cover: 64 },
      { kind: "draft", id: 6, about: 6, title: "", days: 0, missing: [], cover: null },
    ],
  }
  : { on: "2026-11-22", todos: [], new_orders: 0, new_net: 0, new_refunds: 0, currency: "CNY", since: "2026-11-15T00:00:00+08:00", products: 0, photos: 0, posts: 0, publications: 0 };

/** Fake replies for `npm run dev`. */
export const preview: Preview = { get_today: day, mark_seen: () => { seen = true; return null; } };
