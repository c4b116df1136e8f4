-- Posts: a Markdown document and what it draws on. Photos, prices and quotes are referenced in the text, never copied.
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

CREATE TABLE post_product (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    product_id INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    position   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (post_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_product_product ON post_product (product_id);

CREATE TABLE post_photo (
    post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (post_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_photo_photo ON post_photo (photo_id);

-- A channel's own title or body where it must differ; an absent row means the post's own text.
CREATE TABLE post_variant (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    title      TEXT,
    body       TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (post_id, channel_id)
) STRICT, WITHOUT ROWID;

-- The journal: every saved state of a post. Rows are only ever added, or extended for two minutes while nothing of size is taken away.
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
