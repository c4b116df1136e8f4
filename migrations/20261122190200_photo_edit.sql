-- Edits of photos, append-only: the row with the highest id is what holds for its photo and channel, those before it are the way back.
-- The original file is never altered; pictures are made from it and these rows.
CREATE TABLE photo_edit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL DEFAULT 0,          -- whose version it is; 0 = every channel without one of its own
    edits      TEXT    NOT NULL DEFAULT '',         -- JSON of the whole list; '' = taken back: unedited, or as every channel
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_edit_newest ON photo_edit (photo_id, channel_id, id DESC);
