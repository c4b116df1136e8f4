CREATE TABLE bundle (
    id              INTEGER PRIMARY KEY,
    post_id         INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
    channel_id      INTEGER NOT NULL REFERENCES channel (id) ON DELETE RESTRICT,
    path            TEXT    NOT NULL,               -- folder or zip it was written to
    manifest        TEXT    NOT NULL,               -- the manifest's JSON, hashes and all: kept three years (互联网广告管理办法 art. 14)
    findings        TEXT    NOT NULL DEFAULT '[]',  -- JSON: what the check said at that moment
    override_reason TEXT    NOT NULL DEFAULT '',    -- why a block was overridden; empty = nothing was blocked
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX bundle_post ON bundle (post_id);

CREATE TABLE channel (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    platform   TEXT    NOT NULL,                    -- id of a rule pack: xiaohongshu, wechat_article …
    name       TEXT    NOT NULL,                    -- 小红书 · 小鹿
    own_shop   INTEGER NOT NULL DEFAULT 0 CHECK (own_shop IN (0, 1)), -- account name shows it is the seller's own (可识别性执法指南 8(2))
    archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (platform, name)
) STRICT;

CREATE TABLE channel_override (
    platform   TEXT    NOT NULL,
    rule       TEXT    NOT NULL,                    -- rule id of the pack, such as xiaohongshu.title
    value      TEXT    NOT NULL,                    -- JSON: a number for a limit, yes|no|unverified for a permission
    reason     TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    PRIMARY KEY (platform, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE composition (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    spec       TEXT    NOT NULL CHECK (json_valid(spec)), -- template, photos, words and look: all its picture is made of
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE composition_photo (
    composition_id INTEGER NOT NULL REFERENCES composition (id) ON DELETE CASCADE,
    page           INTEGER NOT NULL,                -- from 0
    photo_id       INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (composition_id, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX composition_photo_of ON composition_photo (photo_id);

CREATE TABLE composition_words (
    hash  TEXT PRIMARY KEY,                                   -- BLAKE3 of the picture's file
    words TEXT NOT NULL CHECK (json_valid(words))             -- JSON array of texts, those of the pictures in it too
) STRICT, WITHOUT ROWID;

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
    created_at  INTEGER NOT NULL, removed_at INTEGER,
    UNIQUE (post_id, channel_id, product_id)
) STRICT;

CREATE INDEX link_channel ON link (channel_id);

CREATE TABLE link_coupon (
    code       TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    link_id    INTEGER NOT NULL REFERENCES link (id) ON DELETE RESTRICT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX link_coupon_link ON link_coupon (link_id);

CREATE INDEX link_product ON link (product_id);

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
    refunded   INTEGER NOT NULL DEFAULT 0, told TEXT NOT NULL DEFAULT '',
    UNIQUE (order_id, source_key)
) STRICT;

CREATE INDEX order_line_product ON order_line (product_id);

CREATE INDEX order_line_sku ON order_line (sku);

CREATE INDEX order_number ON "order" (number);

CREATE INDEX order_placed ON "order" (placed_at);

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

CREATE TABLE "order_tag" (
    order_id INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,                      -- 0 = met first
    via      TEXT    NOT NULL CHECK (via IN ('landing', 'utm_content', 'note_id', 'placement', 'told', 'coupon')),
    value    TEXT    NOT NULL COLLATE NOCASE,       -- shops change the case of codes; told: a link's code, or # and a publication's id
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_tag_value ON order_tag (value);

CREATE TABLE "photo" (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    hash          TEXT    NOT NULL UNIQUE,          -- BLAKE3 of the file's bytes, lower-case hex
    kind          TEXT    NOT NULL DEFAULT 'picture' CHECK (kind IN ('picture', 'clip', 'file')), -- file = kept, cannot be shown
    format        TEXT    NOT NULL CHECK (format <> '' AND format NOT GLOB '*[^a-z0-9]*'), -- jpeg, heic, mp4 …; for a file its extension
    width         INTEGER NOT NULL,                 -- pixels after orientation; 0 = not known
    height        INTEGER NOT NULL,
    bytes         INTEGER NOT NULL,
    duration      INTEGER,                          -- milliseconds of a clip
    moving        INTEGER NOT NULL DEFAULT 0 CHECK (moving IN (0, 1)), -- a still with a moving part inside (live photo)
    profile       TEXT    NOT NULL DEFAULT '',      -- name of the colour profile inside; '' = none, taken as sRGB
    unread        TEXT    NOT NULL DEFAULT '',      -- why a file is kept without being shown
    orientation   INTEGER NOT NULL DEFAULT 1 CHECK (orientation BETWEEN 1 AND 8), -- EXIF tag as found
    taken_at      INTEGER,                          -- from EXIF; NULL = the camera did not say
    taken_offset  INTEGER,                          -- minutes east of UTC the camera noted; NULL = none noted, the import's zone was used
    camera        TEXT    NOT NULL DEFAULT '',
    lens          TEXT    NOT NULL DEFAULT '',
    has_gps       INTEGER NOT NULL DEFAULT 0 CHECK (has_gps IN (0, 1)), -- only that there is one; the place itself is never read out
    fingerprint   INTEGER,                          -- 64-bit difference hash of the thumbnail, for near duplicates
    source        TEXT    NOT NULL DEFAULT 'own' CHECK (source IN ('own', 'brand', 'buyer', 'screenshot')),
    rating        INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    made          INTEGER NOT NULL DEFAULT 0 CHECK (made IN (0, 1)), -- put together by the app from other photos: never evidence
    pick          INTEGER NOT NULL DEFAULT 0 CHECK (pick BETWEEN -1 AND 1), -- 1 picked, -1 rejected
    caption       TEXT    NOT NULL DEFAULT '',
    original_name TEXT    NOT NULL DEFAULT '',      -- the name it came with; never leaves the app
    focus_x       REAL    NOT NULL DEFAULT 0.5,     -- what a crop keeps in view, 0..1 of width
    focus_y       REAL    NOT NULL DEFAULT 0.5,
    product_id    INTEGER REFERENCES product (id) ON DELETE SET NULL,
    trial_id      INTEGER,                          -- trial.id, kept by the trial's own code
    trashed_at    INTEGER,                          -- NULL = in the library; the file stays where it is until the trash is emptied
    created_at    INTEGER NOT NULL
, note TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE photo_code (
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    edited_at  INTEGER NOT NULL,                    -- when the edits that hold were made; 0 = none
    channel_id INTEGER NOT NULL,                    -- whose edits these are; 0 = those for all
    found      TEXT    NOT NULL CHECK (json_valid(found)), -- JSON array of what the codes say
    PRIMARY KEY (photo_id, edited_at, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_compared (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    upto     INTEGER NOT NULL             -- photo_theirs_known.seq
) STRICT;

CREATE TABLE photo_copy (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    hash     TEXT    NOT NULL,            -- of the other picture
    same     INTEGER NOT NULL CHECK (same IN (0, 1)), -- 1 = it shows the same picture; 0 = it is much like it
    how      TEXT    NOT NULL CHECK (how IN ('plain', 'changed', 'cut', 'framed', 'turned', 'marked')), -- in what it differs
    PRIMARY KEY (photo_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_distinct (
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    other_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (photo_id, other_id),
    CHECK (photo_id < other_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_distinct_other ON photo_distinct (other_id);

CREATE TABLE photo_edit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL DEFAULT 0,          -- whose version it is; 0 = every channel without one of its own
    edits      TEXT    NOT NULL DEFAULT '',         -- JSON of the whole list; '' = taken back: unedited, or as every channel
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX photo_edit_newest ON photo_edit (photo_id, channel_id, id DESC);

CREATE INDEX photo_foreign ON photo (fingerprint, kind, made) WHERE source IN ('brand', 'buyer');

CREATE TABLE photo_leftover (
    hash   TEXT PRIMARY KEY, -- as photo.hash was
    format TEXT NOT NULL     -- as photo.format was
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_look (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    look     BLOB    NOT NULL,                      -- 32×32 of light, twice 16×16 of colour; empty = the thumbnail could not be read
    sharp    INTEGER NOT NULL DEFAULT 0             -- mean square of the second difference of the thumbnail's light
, prints BLOB) STRICT;

CREATE TABLE photo_mine (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    said_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX photo_newest ON photo (
    coalesce(taken_at, created_at) DESC, id DESC,
    taken_at, taken_offset, trashed_at, kind, source, rating, pick, made, moving, product_id, trial_id, camera
);

CREATE TABLE photo_points (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    points   BLOB    NOT NULL
) STRICT;

CREATE INDEX photo_print ON photo (fingerprint) WHERE fingerprint IS NOT NULL AND trashed_at IS NULL AND kind = 'picture' AND made = 0;

CREATE INDEX photo_product ON photo (product_id);

CREATE TABLE photo_resaved (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    first_id INTEGER,                               -- whichever of the two the other was saved from; NULL = cannot be told
    PRIMARY KEY (photo_id, other_id),
    CHECK (photo_id < other_id AND (first_id IS NULL OR first_id IN (photo_id, other_id)))
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_resaved_other ON photo_resaved (other_id);

CREATE TABLE photo_seen (
    path    TEXT    PRIMARY KEY,  -- as far as it is text
    bytes   INTEGER NOT NULL,     -- size it had
    changed INTEGER NOT NULL      -- time of its last change, milliseconds UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_settled (
    photo_id   INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    chosen     INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)), -- the one kept as the best of its group
    settled_at INTEGER NOT NULL
) STRICT;

CREATE TABLE photo_theirs (
    hash        TEXT    PRIMARY KEY,      -- BLAKE3 of the file's bytes, lower-case hex
    source      TEXT    NOT NULL CHECK (source IN ('brand', 'buyer')),
    fingerprint INTEGER NOT NULL,         -- as photo.fingerprint
    look        BLOB    NOT NULL,         -- as photo_look.look; empty for a buyer's picture: nothing of it is kept that could be seen
    prints      BLOB    NOT NULL,         -- as photo_look.prints
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    camera      TEXT    NOT NULL
, points BLOB NOT NULL DEFAULT x'') STRICT, WITHOUT ROWID;

CREATE TABLE photo_theirs_known (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT    NOT NULL UNIQUE          -- BLAKE3 of the picture's file; it may be another's no longer, or gone
) STRICT;

CREATE INDEX photo_trial ON photo (trial_id);

CREATE VIEW photo_use AS
SELECT photo_id, post_id FROM post_photo
UNION ALL
SELECT photo_id, post_id FROM post_ref;

CREATE TABLE post (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT    NOT NULL UNIQUE,           -- short base32 code, the post's part of every tag
    title        TEXT    NOT NULL DEFAULT '',
    body         TEXT    NOT NULL DEFAULT '',       -- Markdown, the only truth of the text
    commercial   INTEGER CHECK (commercial IN (0, 1)), -- NULL: decided from the facts (links, samples)
    ai_generated INTEGER NOT NULL DEFAULT 0 CHECK (ai_generated IN (0, 1)),
    original     INTEGER NOT NULL DEFAULT 1 CHECK (original IN (0, 1)),
    fictional    INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1)),
    archived     INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE post_padding (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,                   -- when it was asked for
    PRIMARY KEY (post_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE post_photo (
    post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (post_id, photo_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_photo_photo ON post_photo (photo_id);

CREATE TABLE post_product (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    position   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (post_id, product_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX post_product_product ON post_product (product_id);

CREATE TABLE post_ref (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL DEFAULT 0,          -- whose variant it stands in; 0 = the post's own text
    photo_id   INTEGER NOT NULL,                    -- as written: there may be no such photo
    PRIMARY KEY (photo_id, post_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER post_ref_begun AFTER INSERT ON post BEGIN
    INSERT INTO post_ref (post_id, photo_id)
    SELECT DISTINCT NEW.id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;

CREATE TRIGGER post_ref_edited AFTER UPDATE OF body ON post WHEN NEW.body <> OLD.body BEGIN
    DELETE FROM post_ref WHERE post_id = NEW.id AND channel_id = 0;
    INSERT INTO post_ref (post_id, photo_id)
    SELECT DISTINCT NEW.id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;

CREATE INDEX post_ref_post ON post_ref (post_id, channel_id);

CREATE TRIGGER post_ref_revaried AFTER UPDATE OF body ON post_variant BEGIN
    DELETE FROM post_ref WHERE post_id = NEW.post_id AND channel_id = NEW.channel_id;
    INSERT INTO post_ref (post_id, channel_id, photo_id)
    SELECT DISTINCT NEW.post_id, NEW.channel_id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;

CREATE TRIGGER post_ref_unvaried AFTER DELETE ON post_variant BEGIN
    DELETE FROM post_ref WHERE post_id = OLD.post_id AND channel_id = OLD.channel_id;
END;

CREATE TRIGGER post_ref_varied AFTER INSERT ON post_variant BEGIN
    INSERT INTO post_ref (post_id, channel_id, photo_id)
    SELECT DISTINCT NEW.post_id, NEW.channel_id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;

CREATE TABLE post_variant (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    title      TEXT,
    body       TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (post_id, channel_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE post_version (
    id       INTEGER PRIMARY KEY,
    post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER REFERENCES channel (id) ON DELETE CASCADE, -- whose own wording this is; NULL = the post's own text
    kind     TEXT    NOT NULL CHECK (kind IN ('auto', 'named', 'restore')),
    label    TEXT    NOT NULL DEFAULT '',
    title    TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    products TEXT    NOT NULL DEFAULT '[]',         -- JSON array of product ids in order
    photos   TEXT    NOT NULL DEFAULT '[]',         -- JSON array of photo ids in order
    begun_at INTEGER NOT NULL,                      -- when this stretch of typing began
    saved_at INTEGER NOT NULL,
    taken_away INTEGER NOT NULL DEFAULT 0           -- characters deleted or replaced since begun_at; above 20 a new row begins
) STRICT;

CREATE INDEX post_version_post ON post_version (post_id, saved_at);

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
, withdrawn_at INTEGER) STRICT;

CREATE INDEX price_product ON price (product_id, seen_at);

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

CREATE TABLE product_sku (
    shop       TEXT    NOT NULL,                    -- the shop's name as in shop.name, or a platform word for file imports
    sku        TEXT    NOT NULL,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE CASCADE,
    PRIMARY KEY (shop, sku)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX product_sku_product ON product_sku (product_id);

CREATE TRIGGER product_sku_taken AFTER DELETE ON product_sku BEGIN
    UPDATE order_line SET product_id = NULL
    WHERE sku = OLD.sku AND order_id IN (SELECT o.id FROM "order" o JOIN shop s ON s.id = o.shop_id WHERE s.name = OLD.shop);
END;

CREATE TABLE publication (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id      INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
    channel_id   INTEGER NOT NULL REFERENCES channel (id) ON DELETE RESTRICT,
    published_at INTEGER NOT NULL,
    url          TEXT    NOT NULL DEFAULT '',
    note_id      TEXT    NOT NULL DEFAULT '',       -- the platform's own id of the note, read from the url where possible
    bundle_id    INTEGER REFERENCES bundle (id) ON DELETE SET NULL,
    created_at   INTEGER NOT NULL
, removed_at INTEGER) STRICT;

CREATE INDEX publication_note ON publication (note_id) WHERE note_id <> '';

CREATE INDEX publication_post ON publication (post_id);

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
, declined TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '', trashed_at INTEGER) STRICT;

CREATE TABLE review_consent (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    given     INTEGER NOT NULL CHECK (given IN (0, 1)),
    how       TEXT    NOT NULL DEFAULT '',            -- in the creator's words: 私信里说可以
    photo_id  INTEGER REFERENCES photo (id) ON DELETE SET NULL, -- a screenshot of it
    at        INTEGER NOT NULL
) STRICT;

CREATE INDEX review_consent_photo ON review_consent (photo_id);

CREATE INDEX review_consent_review ON review_consent (review_id);

CREATE TABLE review_edit (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    text      TEXT    NOT NULL,                       -- the words that were replaced
    rating    INTEGER,                                -- the rating at that time
    at        INTEGER NOT NULL
) STRICT;

CREATE INDEX review_edit_review ON review_edit (review_id);

CREATE TABLE review_photo (
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    photo_id  INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    PRIMARY KEY (review_id, photo_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_photo_photo ON review_photo (photo_id);

CREATE TABLE review_rule (
    kind       TEXT    NOT NULL CHECK (kind IN ('bought_because', 'returned_because', 'sensitivity')),
    label      TEXT    NOT NULL,                      -- 便宜, 过敏 …; price, value or brand of a sensitivity
    words      TEXT    NOT NULL,                      -- JSON array
    enabled    INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, label)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_same ON review (product_id, text);

CREATE TABLE search_entry (
    id      INTEGER PRIMARY KEY,
    noun    TEXT    NOT NULL,                       -- product, trial, review, post, photo
    ref     INTEGER NOT NULL,                       -- id of that noun
    title   TEXT    NOT NULL DEFAULT '',
    body    TEXT    NOT NULL DEFAULT '',            -- the text as written, to verify a hit and cut a snippet from
    pinyin  TEXT    NOT NULL DEFAULT '',            -- of the title: full, a space, initials; for the palette
    UNIQUE (noun, ref)
) STRICT;

CREATE VIRTUAL TABLE search_pair USING fts5 (title, body, content = '', tokenize = 'ascii');

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL                             -- JSON
) STRICT, WITHOUT ROWID;

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
, ca TEXT NOT NULL DEFAULT '') STRICT;

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
, erased INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX shop_sync_shop ON shop_sync (shop_id, started_at);

CREATE VIEW touch AS
SELECT t.order_id, t.position, t.via, t.value,
       CASE t.via WHEN 'placement' THEN 'B' WHEN 'told' THEN 'C' ELSE 'A' END AS tier,
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
WHERE t.via = 'note_id' AND p.note_id <> '' AND p.removed_at IS NULL
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'C', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.id = CAST(substr(t.value, 2) AS INTEGER)
WHERE t.via = 'told' AND t.value LIKE '#%' AND p.removed_at IS NULL;

CREATE TABLE trial (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id   INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    acquired     TEXT    NOT NULL CHECK (acquired IN ('bought', 'sample', 'borrowed', 'gift')),
    started_on   TEXT    NOT NULL,                  -- civil date, YYYY-MM-DD
    finished_on  TEXT,
    verdict      TEXT    CHECK (verdict IN ('recommend', 'mixed', 'reject')),
    verdict_text TEXT    NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
, acquired_from TEXT NOT NULL DEFAULT '', paid INTEGER CHECK (paid >= 0), currency TEXT NOT NULL DEFAULT 'CNY', receipt_id INTEGER REFERENCES photo (id) ON DELETE RESTRICT, ends_on TEXT, rhythm INTEGER NOT NULL DEFAULT 2 CHECK (rhythm BETWEEN 0 AND 90), before_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, after_id INTEGER REFERENCES photo (id) ON DELETE SET NULL, verdict_at INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE trial_day (
    id         INTEGER PRIMARY KEY,
    trial_id   INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    day        TEXT    NOT NULL,                    -- civil date; stays what it was whatever is edited later
    text       TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, written_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (trial_id, day)
) STRICT;

CREATE TABLE trial_day_edit (
    id          INTEGER PRIMARY KEY,
    day_id      INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    text        TEXT    NOT NULL,
    replaced_at INTEGER NOT NULL
, ratings TEXT NOT NULL DEFAULT '[]') STRICT;

CREATE INDEX trial_day_edit_day ON trial_day_edit (day_id);

CREATE TABLE trial_day_photo (
    day_id   INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day_id, photo_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX trial_day_photo_photo ON trial_day_photo (photo_id);

CREATE INDEX trial_product ON trial (product_id);

CREATE TABLE trial_rating (
    day_id INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    scale  TEXT    NOT NULL,
    value  INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
    PRIMARY KEY (day_id, scale)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_refusal (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    PRIMARY KEY (photo_id, trial_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_scale (
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    scale    TEXT    NOT NULL,                      -- the creator's word: 控油, 显白, 续航 …
    position INTEGER NOT NULL DEFAULT 0,            -- order in which they are asked for
    PRIMARY KEY (trial_id, scale)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_shortcoming (
    id         INTEGER PRIMARY KEY,
    trial_id   INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL, day TEXT NOT NULL DEFAULT '', photo_id INTEGER REFERENCES photo (id) ON DELETE RESTRICT, severity INTEGER NOT NULL DEFAULT 2 CHECK (severity BETWEEN 1 AND 3), resolved_on TEXT,
    UNIQUE (trial_id, text)
) STRICT;

CREATE TABLE trial_verdict_edit (
    id          INTEGER PRIMARY KEY,
    trial_id    INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    verdict     TEXT    NOT NULL,               -- recommend, mixed, reject
    text        TEXT    NOT NULL,               -- its words
    finished_on TEXT    NOT NULL,               -- the end it gave, YYYY-MM-DD
    replaced_at INTEGER NOT NULL
) STRICT;

CREATE INDEX trial_verdict_edit_of ON trial_verdict_edit (trial_id);

