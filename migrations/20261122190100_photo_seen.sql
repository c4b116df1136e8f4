-- Files of the watched folder that came in or were refused: they are not looked at again until they change, so that what was removed
-- from the library stays removed.
CREATE TABLE photo_seen (
    path    TEXT    PRIMARY KEY,  -- as far as it is text
    bytes   INTEGER NOT NULL,     -- size it had
    changed INTEGER NOT NULL      -- time of its last change, milliseconds UTC
) STRICT, WITHOUT ROWID;
