import type { Noun } from "./commands";

/**
 * Besides the noun its key begins with, what the answer of each command hangs on: whoever asks it hears of the same changes, under whatever key. The
 * window's test (app/traffic.test.ts) holds this against what the core's own recording says the commands read.
 */
const on = (...nouns: Noun[]) => ({ nouns });

/** What a product's row counts and shows: its photos, trials and orders. */
const product = on("product", "photo", "trial", "order");
const trial = on("trial", "product");
const order = on("order", "attribution", "link", "publication", "product", "shop");
const review = on("review", "photo", "product");
/** Everything a post may quote, and the rules it is made under. */
const post = on("post", "photo", "product", "price", "trial", "review", "link", "channel", "shop");

export const heard = {
  listProducts: product, getProduct: product, listPrices: on("price", ...product.nouns),
  listTrials: trial, getTrial: trial, listTrialEdits: trial, listVerdictEdits: trial, listScales: on("trial", ...product.nouns), suggestDays: on("photo", "trial", "product"),
  listReviews: review, listTrashedReviews: review, getReviewHistory: review, getReviewSummary: review, tryReviewRule: review, splitReviews: on("workspace", "review", ...product.nouns), previewReviews: on("workspace", "review", ...product.nouns),
  listPosts: on("post", "publication", "link"), renderPost: on("bundle", ...post.nouns), getHandoff: on("bundle", ...post.nouns), checkPost: on("bundle", "composition", ...post.nouns),
  listLinks: on("link", "post", "product", "channel"), getLinkQr: on("link", "post", "product", "channel"),
  listPublications: on("publication", "post", "channel"),
  listShops: on("shop", "order", "workspace"), listOrders: order, countOrders: order, getOrder: order, listCredits: on("channel", "post", ...order.nouns), listOrderCredits: on("channel", "post", ...order.nouns),
  getToday: on("workspace", "product", "photo", "trial", "post", "bundle", "publication", "order", "shop", "channel"),
  previewComposition: on("composition", "photo"), getComposition: on("composition", "photo"),
  getProvenance: on("photo", "trial"), listDoubts: on("photo", "trial"), listDoubtful: on("photo", "trial"),
  listRetouchVersions: on("photo"),
};
