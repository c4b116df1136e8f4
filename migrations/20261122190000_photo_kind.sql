-- Photos of every kind: pictures, clips and files that this system cannot read yet are all kept.
-- The table is made anew because SQLite cannot change a CHECK; foreign keys rest while schema changes run and are checked after.
CREATE TABLE photo_new (
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
) STRICT;
INSERT INTO photo_new (id, hash, format, width, height, bytes, orientation, taken_at, taken_offset, camera, lens, has_gps, fingerprint,
                       source, rating, caption, original_name, focus_x, focus_y, product_id, trial_id, created_at)
SELECT id, hash, format, width, height, bytes, orientation, taken_at, taken_offset, camera, lens, has_gps, fingerprint,
       source, rating, caption, original_name, focus_x, focus_y, product_id, trial_id, created_at
FROM photo;
-- The highest id ever given must not be given again.
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'photo') WHERE name = 'photo_new' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'photo');
INSERT INTO sqlite_sequence (name, seq)
SELECT 'photo_new', seq FROM sqlite_sequence WHERE name = 'photo' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'photo_new');
DROP TABLE photo;
ALTER TABLE photo_new RENAME TO photo;
CREATE INDEX photo_product ON photo (product_id);
CREATE INDEX photo_trial ON photo (trial_id);
-- The order of the photo wall; list.sql sorts by the same words.
CREATE INDEX photo_newest ON photo (coalesce(taken_at, created_at) DESC, id DESC);
