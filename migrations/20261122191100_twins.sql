-- What the creator decided about photos that look alike, and what is remembered for comparing them.

-- The closer look at a picture: made when its fingerprint first lies near another's.
CREATE TABLE photo_look (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    look     BLOB    NOT NULL,                      -- 32×32 of light, twice 16×16 of colour; empty = the thumbnail could not be read
    sharp    INTEGER NOT NULL DEFAULT 0             -- mean square of the second difference of the thumbnail's light
) STRICT;

-- Photos somebody has decided about: they do not come up again by themselves, only with a new one beside them.
CREATE TABLE photo_settled (
    photo_id   INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    chosen     INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)), -- the one kept as the best of its group
    settled_at INTEGER NOT NULL
) STRICT;

-- Photos that look alike and are not: the creator said so.
CREATE TABLE photo_distinct (
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    other_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (photo_id, other_id),
    CHECK (photo_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_distinct_other ON photo_distinct (other_id);

-- Photos of which the creator said: I took it. Their word stands beside the facts, it does not replace them.
CREATE TABLE photo_mine (
    photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE,
    said_at  INTEGER NOT NULL
) STRICT;

-- All fingerprints that are compared, read without touching the wide rows.
CREATE INDEX photo_print ON photo (fingerprint) WHERE fingerprint IS NOT NULL AND trashed_at IS NULL AND kind = 'picture' AND made = 0;
