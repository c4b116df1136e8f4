-- What somebody said of a product after buying it: the creator, or a buyer known only as a salted hash.
CREATE TABLE review (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id  INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    own         INTEGER NOT NULL DEFAULT 1 CHECK (own IN (0, 1)),
    buyer       TEXT,                               -- salted hash, never a name or phone
    rating      INTEGER CHECK (rating BETWEEN 1 AND 5),
    text        TEXT    NOT NULL,
    reasons     TEXT    NOT NULL DEFAULT '[]',      -- JSON array: why bought
    returned    TEXT    NOT NULL DEFAULT '[]',      -- JSON array: why returned
    sensitivity TEXT    CHECK (sensitivity IN ('price', 'value', 'brand')),
    consent     INTEGER NOT NULL DEFAULT 0 CHECK (consent IN (0, 1)), -- 已授权: may be quoted in a post
    source      TEXT    NOT NULL DEFAULT '',        -- where it was said: 小红书评论, 微信群 …
    said_on     TEXT,
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX review_product ON review (product_id);
