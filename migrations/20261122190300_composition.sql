-- Compositions: pictures put together from photos and words. The document can be opened and changed again.
CREATE TABLE composition (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    spec       TEXT    NOT NULL CHECK (json_valid(spec)), -- template, photos, words and look: all its picture is made of
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- The photos a composition became, page by page. One made by an earlier version of it is not here any more.
CREATE TABLE composition_photo (
    composition_id INTEGER NOT NULL REFERENCES composition (id) ON DELETE CASCADE,
    page           INTEGER NOT NULL,                -- from 0
    photo_id       INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    PRIMARY KEY (composition_id, page)
) STRICT, WITHOUT ROWID;
CREATE INDEX composition_photo_of ON composition_photo (photo_id);
