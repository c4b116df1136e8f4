-- Photos that were deleted for good while a file of theirs could not be: open in another program, or in a folder that cannot be written.
-- Tried again whenever the trash is emptied or the workspace opened; a row goes once none of its files is left.
CREATE TABLE photo_leftover (
    hash   TEXT PRIMARY KEY, -- as photo.hash was
    format TEXT NOT NULL     -- as photo.format was
) STRICT, WITHOUT ROWID;
-- An empty look says that a thumbnail could not be read. It is made again now, so it is looked at once more.
DELETE FROM photo_look WHERE look = x'';
