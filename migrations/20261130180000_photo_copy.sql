-- Which photos are copies of brands' and buyers' pictures, found by the points both share; what was compared once is not compared again.

-- What a brand's or buyer's picture is found by when it was cut, framed, turned or marked: its width and 38 bytes a point; empty = the
-- thumbnail could not be read or has no corners.
CREATE TABLE photo_points (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    points   BLOB    NOT NULL
) STRICT;

-- The same of a brand's picture that was deleted for good; empty for a buyer's: nothing of it is kept that could be seen.
ALTER TABLE photo_theirs ADD COLUMN points BLOB NOT NULL DEFAULT x'';

-- In which order brands' and buyers' pictures became known: a photo is compared with those that came after its last comparison only.
CREATE TABLE photo_theirs_known (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT    NOT NULL UNIQUE          -- BLAKE3 of the picture's file; it may be another's no longer, or gone
) STRICT;

-- Up to which of them a photo was compared.
CREATE TABLE photo_compared (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    upto     INTEGER NOT NULL             -- photo_theirs_known.seq
) STRICT;

-- What was found.
CREATE TABLE photo_copy (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    hash     TEXT    NOT NULL,            -- of the other picture
    same     INTEGER NOT NULL CHECK (same IN (0, 1)), -- 1 = it shows the same picture; 0 = it is much like it
    how      TEXT    NOT NULL CHECK (how IN ('plain', 'changed', 'cut', 'framed', 'turned', 'marked')), -- in what it differs
    PRIMARY KEY (photo_id, hash)
) STRICT, WITHOUT ROWID;
