-- Tags: one per (post, channel, product), the same code in UTM content, coupon and sub-id.
CREATE TABLE link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    code        TEXT    NOT NULL UNIQUE COLLATE NOCASE, -- WooCommerce lower-cases coupons: compared without case
    kind        TEXT    NOT NULL CHECK (kind IN ('url', 'qr', 'coupon', 'word', 'card', 'note')), -- the kind the channel takes
    destination TEXT    NOT NULL DEFAULT '',        -- where it leads, before tagging
    url         TEXT    NOT NULL DEFAULT '',        -- destination with UTM
    coupon      TEXT,                               -- shop coupon code that stands for this link now
    post_id     INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
    channel_id  INTEGER NOT NULL REFERENCES channel (id) ON DELETE RESTRICT,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    created_at  INTEGER NOT NULL,
    UNIQUE (post_id, channel_id, product_id)
) STRICT;
CREATE INDEX link_channel ON link (channel_id);
CREATE INDEX link_product ON link (product_id);

-- Every coupon a link ever had, rows only added: orders of a coupon that was changed since still belong to its link, and a
-- code that once stood for one link never stands for another.
CREATE TABLE link_coupon (
    code       TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    link_id    INTEGER NOT NULL REFERENCES link (id) ON DELETE RESTRICT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_coupon_link ON link_coupon (link_id);
