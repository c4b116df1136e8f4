-- Photos. The original file lies unaltered under photos/ by its content hash; this row is what is known of it.
CREATE TABLE photo (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    hash          TEXT    NOT NULL UNIQUE,          -- BLAKE3 of the file's bytes, lower-case hex
    format        TEXT    NOT NULL CHECK (format IN ('jpeg', 'png', 'webp', 'gif')),
    width         INTEGER NOT NULL,                 -- pixels after orientation
    height        INTEGER NOT NULL,
    bytes         INTEGER NOT NULL,
    orientation   INTEGER NOT NULL DEFAULT 1 CHECK (orientation BETWEEN 1 AND 8), -- EXIF tag as found
    taken_at      INTEGER,                          -- from EXIF; NULL = the camera did not say
    taken_offset  INTEGER,                          -- minutes east of UTC the camera noted; NULL = none noted, the import's zone was used
    camera        TEXT    NOT NULL DEFAULT '',
    lens          TEXT    NOT NULL DEFAULT '',
    has_gps       INTEGER NOT NULL DEFAULT 0 CHECK (has_gps IN (0, 1)), -- only that there is one; the place itself is never read out
    fingerprint   INTEGER,                          -- 64-bit difference hash of the thumbnail, for near duplicates
    source        TEXT    NOT NULL DEFAULT 'own' CHECK (source IN ('own', 'brand', 'buyer', 'screenshot')),
    rating        INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    caption       TEXT    NOT NULL DEFAULT '',
    original_name TEXT    NOT NULL DEFAULT '',      -- the name it came with; never leaves the app
    focus_x       REAL    NOT NULL DEFAULT 0.5,     -- what a crop keeps in view, 0..1 of width
    focus_y       REAL    NOT NULL DEFAULT 0.5,
    product_id    INTEGER REFERENCES product (id) ON DELETE SET NULL,
    trial_id      INTEGER,                          -- trial.id, kept by the trial's own code
    created_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_product ON photo (product_id);
CREATE INDEX photo_trial ON photo (trial_id);
-- The order of the photo wall; list.sql sorts by the same words.
CREATE INDEX photo_newest ON photo (coalesce(taken_at, created_at) DESC, id DESC);
