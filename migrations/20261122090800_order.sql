-- Orders as their source tells them, without anything personal, and what of them the creator may claim.
CREATE TABLE shop (
    id             INTEGER PRIMARY KEY,
    kind           TEXT    NOT NULL CHECK (kind IN ('vendure', 'woocommerce', 'file')), -- file: orders imported from exports
    name           TEXT    NOT NULL UNIQUE,
    url            TEXT    NOT NULL DEFAULT '',
    key_env        TEXT    NOT NULL DEFAULT '',     -- names of environment variables, never the secrets themselves
    secret_env     TEXT    NOT NULL DEFAULT '',
    cursor         INTEGER,                         -- everything the shop changed before this is in; NULL = never synced
    last_synced_at INTEGER,
    last_error     TEXT    NOT NULL DEFAULT '',
    created_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE shop_sync (
    id          INTEGER PRIMARY KEY,
    shop_id     INTEGER NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
    started_at  INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL DEFAULT 0,
    new         INTEGER NOT NULL DEFAULT 0,
    updated     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    refunds     INTEGER NOT NULL DEFAULT 0,
    pages       INTEGER NOT NULL DEFAULT 0,
    retries     INTEGER NOT NULL DEFAULT 0,
    error       TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX shop_sync_shop ON shop_sync (shop_id, started_at);

CREATE TABLE "order" (
    id                   INTEGER PRIMARY KEY,
    shop_id              INTEGER NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
    source_key           TEXT    NOT NULL,          -- the source's own id of the order
    number               TEXT    NOT NULL,          -- what the buyer and the shop call it
    status               TEXT    NOT NULL CHECK (status IN ('created', 'paid', 'received', 'settled', 'invalid', 'refunded', 'unknown')),
    source_status        TEXT    NOT NULL DEFAULT '', -- the source's word, kept beside ours
    placed_at            INTEGER NOT NULL,
    source_updated_at    INTEGER,
    currency             TEXT    NOT NULL,
    gross                INTEGER NOT NULL,          -- what was paid, minor units, refunds not taken off
    refunded             INTEGER NOT NULL DEFAULT 0,
    commission_estimated INTEGER,                   -- NULL = the source does not tell
    commission_settled   INTEGER,
    buyer                TEXT,                      -- salted hash
    tags                 TEXT    NOT NULL DEFAULT '{}', -- JSON: utm_*, landing, coupons [], note_id, placement …  as received
    content_hash         TEXT    NOT NULL,          -- of what the source said, to tell changed from unchanged
    raw                  TEXT    NOT NULL DEFAULT '{}', -- the source's row without personal data
    created_at           INTEGER NOT NULL,
    updated_at           INTEGER NOT NULL,
    UNIQUE (shop_id, source_key)
) STRICT;
CREATE INDEX order_placed ON "order" (placed_at);

CREATE TABLE order_line (
    id         INTEGER PRIMARY KEY,
    order_id   INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    source_key TEXT    NOT NULL,
    sku        TEXT    NOT NULL DEFAULT '',
    title      TEXT    NOT NULL DEFAULT '',
    product_id INTEGER REFERENCES product (id) ON DELETE SET NULL, -- found by SKU
    quantity   INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    refunded   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (order_id, source_key)
) STRICT;
CREATE INDEX order_line_product ON order_line (product_id);

CREATE TABLE order_refund (
    id          INTEGER PRIMARY KEY,
    order_id    INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    source_key  TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    state       TEXT    NOT NULL DEFAULT '',
    reason      TEXT    NOT NULL DEFAULT '',
    refunded_at INTEGER,
    UNIQUE (order_id, source_key)
) STRICT;

-- Touches: which of our tags an order carries, best evidence first. Credit is computed from them by the chosen model.
CREATE TABLE touch (
    id             INTEGER PRIMARY KEY,
    order_id       INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    line_id        INTEGER REFERENCES order_line (id) ON DELETE CASCADE, -- NULL: the whole order
    link_id        INTEGER REFERENCES link (id) ON DELETE CASCADE,
    publication_id INTEGER REFERENCES publication (id) ON DELETE CASCADE,
    post_id        INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id     INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    tier           TEXT    NOT NULL CHECK (tier IN ('A', 'B', 'C', 'D')),
    via            TEXT    NOT NULL,                -- coupon, utm_content, landing, note_id, placement
    value          TEXT    NOT NULL,                -- the tag as the order carried it
    position       INTEGER NOT NULL                 -- 0 = first touch
) STRICT;
CREATE INDEX touch_order ON touch (order_id);
CREATE INDEX touch_post ON touch (post_id);
CREATE INDEX touch_channel ON touch (channel_id);
