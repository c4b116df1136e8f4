-- The search index that nouns write to in the same transaction as themselves.
CREATE TABLE search_entry (
    id      INTEGER PRIMARY KEY,
    noun    TEXT    NOT NULL,                       -- product, trial, review, post, photo
    ref     INTEGER NOT NULL,                       -- id of that noun
    title   TEXT    NOT NULL DEFAULT '',
    body    TEXT    NOT NULL DEFAULT '',            -- the text as written, to verify a hit and cut a snippet from
    pinyin  TEXT    NOT NULL DEFAULT '',            -- of the title: full, a space, initials; for the palette
    UNIQUE (noun, ref)
) STRICT;

-- Characters and overlapping character pairs of title and body, because FTS5's own tokenizers find no two-character Chinese word.
-- A character is written as four base-36 digits, so that no text is ever FTS5 syntax or a separator.
CREATE VIRTUAL TABLE search_pair USING fts5 (title, body, content = '', tokenize = 'ascii');

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL                             -- JSON
) STRICT, WITHOUT ROWID;
