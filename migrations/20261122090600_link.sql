-- Tags: one per (post, channel, product), the same code in UTM content, coupon and sub-id.
CREATE TABLE link (
    id          INTEGER PRIMARY KEY,
    code        TEXT    NOT NULL UNIQUE COLLATE NOCASE, -- WooCommerce lower-cases coupons: compared without case
    kind        TEXT    NOT NULL CHECK (kind IN ('url', 'qr', 'coupon', 'word', 'card', 'note')), -- the kind the channel takes
    destination TEXT    NOT NULL DEFAULT '',        -- where it leads, before tagging
    url         TEXT    NOT NULL DEFAULT '',        -- destination with UTM
    coupon      TEXT,                               -- shop coupon code that stands for this link
    post_id     INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
    channel_id  INTEGER NOT NULL REFERENCES channel (id) ON DELETE RESTRICT,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    created_at  INTEGER NOT NULL,
    UNIQUE (post_id, channel_id, product_id)
) STRICT;
CREATE UNIQUE INDEX link_coupon ON link (coupon COLLATE NOCASE) WHERE coupon IS NOT NULL;
CREATE INDEX link_channel ON link (channel_id);
CREATE INDEX link_product ON link (product_id);
