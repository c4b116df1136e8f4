-- Products and the prices seen for them. Money is integer minor units of `currency`; time is integer milliseconds UTC.
-- AUTOINCREMENT here and below: texts, tags and kept versions name rows by id, so an id is never given out twice.
CREATE TABLE product (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT    NOT NULL,                -- what the creator calls it; never empty
    brand          TEXT    NOT NULL DEFAULT '',
    category       TEXT    NOT NULL DEFAULT '',     -- the creator's own word: 防晒, 口红, 绿植 …
    price          INTEGER,                         -- the usual price, minor units; NULL = not known yet
    currency       TEXT    NOT NULL DEFAULT 'CNY',  -- ISO 4217
    url            TEXT    NOT NULL DEFAULT '',     -- where it is sold; the default destination of links
    fits           TEXT    NOT NULL DEFAULT '',     -- 适合谁
    unfits         TEXT    NOT NULL DEFAULT '',     -- 不适合谁
    selling_points TEXT    NOT NULL DEFAULT '[]',   -- JSON array of strings
    shortcomings   TEXT    NOT NULL DEFAULT '[]',   -- JSON array of strings
    supplier       TEXT    NOT NULL DEFAULT '',
    note           TEXT    NOT NULL DEFAULT '',
    stage          TEXT    NOT NULL DEFAULT 'candidate'
                   CHECK (stage IN ('candidate', 'trial', 'recommended', 'retired', 'rejected')),
    cover          INTEGER,                         -- photo.id chosen as the face of the product; NULL = newest own photo
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;

-- A SKU of a shop belongs to one product.
CREATE TABLE product_sku (
    shop       TEXT    NOT NULL,                    -- the shop's name as in shop.name, or a platform word for file imports
    sku        TEXT    NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    PRIMARY KEY (shop, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_sku_product ON product_sku (product_id);

-- The price log. Rows are only ever added: the 7-day rule (明码标价和禁止价格欺诈规定 art. 16) is checked against it.
CREATE TABLE price (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    amount     INTEGER NOT NULL CHECK (amount >= 0),
    currency   TEXT    NOT NULL DEFAULT 'CNY',
    kind       TEXT    NOT NULL CHECK (kind IN ('paid', 'promo', 'list', 'msrp', 'other')), -- 到手价 活动价 划线价 建议零售价 其他
    seen_at    INTEGER NOT NULL,
    place      TEXT    NOT NULL DEFAULT '',         -- where it was seen: 天猫旗舰店, 门店 …
    conditions TEXT    NOT NULL DEFAULT '',         -- 券, 满减, 会员, 定金 …
    photo_id   INTEGER,                             -- screenshot of it
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX price_product ON price (product_id, seen_at);
