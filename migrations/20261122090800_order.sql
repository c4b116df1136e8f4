-- Orders as their source tells them, without anything personal, and what of them the creator may claim.
CREATE TABLE shop (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    kind           TEXT    NOT NULL CHECK (kind IN ('vendure', 'woocommerce', 'file')), -- file: orders imported from exports
    name           TEXT    NOT NULL UNIQUE,
    url            TEXT    NOT NULL DEFAULT '',
    key_env        TEXT    NOT NULL DEFAULT '',     -- names of environment variables, never the secrets themselves
    secret_env     TEXT    NOT NULL DEFAULT '',
    secret_place   TEXT    NOT NULL DEFAULT 'missing' CHECK (secret_place IN ('key_store', 'session', 'missing')), -- where its keys went
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
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
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
CREATE INDEX order_buyer ON "order" (buyer) WHERE buyer IS NOT NULL;
CREATE INDEX order_placed ON "order" (placed_at);
CREATE INDEX order_created ON "order" (created_at);

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
    seen_at     INTEGER NOT NULL,                   -- when we first heard of it, whatever is told of it later
    UNIQUE (order_id, source_key)
) STRICT;
CREATE INDEX order_refund_seen ON order_refund (seen_at);

-- A SKU may be given to a product before or after its orders come in; either way the lines know their product.
CREATE INDEX order_line_sku ON order_line (sku);
CREATE TRIGGER product_sku_given AFTER INSERT ON product_sku BEGIN
    UPDATE order_line SET product_id = NEW.product_id
    WHERE sku = NEW.sku AND order_id IN (SELECT o.id FROM "order" o JOIN shop s ON s.id = o.shop_id WHERE s.name = NEW.shop);
END;
CREATE TRIGGER product_sku_moved AFTER UPDATE ON product_sku BEGIN
    UPDATE order_line SET product_id = NULL
    WHERE sku = OLD.sku AND order_id IN (SELECT o.id FROM "order" o JOIN shop s ON s.id = o.shop_id WHERE s.name = OLD.shop);
    UPDATE order_line SET product_id = NEW.product_id
    WHERE sku = NEW.sku AND order_id IN (SELECT o.id FROM "order" o JOIN shop s ON s.id = o.shop_id WHERE s.name = NEW.shop);
END;
CREATE TRIGGER product_sku_taken AFTER DELETE ON product_sku BEGIN
    UPDATE order_line SET product_id = NULL
    WHERE sku = OLD.sku AND order_id IN (SELECT o.id FROM "order" o JOIN shop s ON s.id = o.shop_id WHERE s.name = OLD.shop);
END;

-- Tags an order carries, in the order the buyer met them: what led to the shop first, the coupon at the checkout last.
CREATE TABLE order_tag (
    order_id INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,                      -- 0 = met first
    via      TEXT    NOT NULL CHECK (via IN ('landing', 'utm_content', 'note_id', 'placement', 'coupon')),
    value    TEXT    NOT NULL COLLATE NOCASE,       -- shops change the case of codes
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_tag_value ON order_tag (value);

-- Touches: which of our tags an order carries. A view, so a link or note id recorded after the order counts at once.
-- Credit is computed from touches by the chosen model.
CREATE VIEW touch AS
SELECT t.order_id, t.position, t.via, t.value,
       CASE t.via WHEN 'placement' THEN 'B' ELSE 'A' END AS tier,
       l.id AS link_id, NULL AS publication_id, l.post_id, l.channel_id
FROM order_tag t JOIN link l ON l.code = t.value
WHERE t.via <> 'note_id'
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'A', l.id, NULL, l.post_id, l.channel_id
FROM order_tag t JOIN link_coupon k ON k.code = t.value JOIN link l ON l.id = k.link_id
WHERE t.via = 'coupon' AND l.code <> t.value
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'B', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.note_id = t.value -- note ids are case-sensitive: the left side's collation counts
WHERE t.via = 'note_id' AND p.note_id <> '';
