-- What was exported for whom, and what went out.
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

CREATE TABLE publication (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    post_id      INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
    channel_id   INTEGER NOT NULL REFERENCES channel (id) ON DELETE RESTRICT,
    published_at INTEGER NOT NULL,
    url          TEXT    NOT NULL DEFAULT '',
    note_id      TEXT    NOT NULL DEFAULT '',       -- the platform's own id of the note, read from the url where possible
    bundle_id    INTEGER REFERENCES bundle (id) ON DELETE SET NULL,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX publication_post ON publication (post_id);
CREATE INDEX publication_note ON publication (note_id) WHERE note_id <> '';
