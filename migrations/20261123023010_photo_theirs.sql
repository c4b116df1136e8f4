-- A photo keeps its day when the computer moves: the offset its clock was read in is kept from now on whoever named it, the camera or,
-- where the camera noted none, the computer it came in on. (What the camera itself noted stands in the original file.) Photos that came
-- in before are taken to have come in where this computer stands now.
UPDATE photo
SET taken_offset = (unixepoch(taken_at / 1000, 'unixepoch', 'localtime') - taken_at / 1000) / 60
WHERE taken_at IS NOT NULL AND taken_offset IS NULL;

-- Fingerprints that slightly changed copies of a brand's or buyer's picture have, 8 bytes each, most significant first; NULL = not made yet.
ALTER TABLE photo_look ADD COLUMN prints BLOB;

-- What is remembered of brands' and buyers' pictures that were deleted for good: copies of them are still not the creator's own.
CREATE TABLE photo_theirs (
    hash        TEXT    PRIMARY KEY,      -- BLAKE3 of the file's bytes, lower-case hex
    source      TEXT    NOT NULL CHECK (source IN ('brand', 'buyer')),
    fingerprint INTEGER NOT NULL,         -- as photo.fingerprint
    look        BLOB    NOT NULL,         -- as photo_look.look; empty for a buyer's picture: nothing of it is kept that could be seen
    prints      BLOB    NOT NULL,         -- as photo_look.prints
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    camera      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
