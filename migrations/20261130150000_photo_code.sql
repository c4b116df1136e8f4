-- QR codes found in a photo as a channel gets it. Looked for once for each state of its edits; may be emptied at any time.
CREATE TABLE photo_code (
    photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    edited_at  INTEGER NOT NULL,                    -- when the edits that hold were made; 0 = none
    channel_id INTEGER NOT NULL,                    -- whose edits these are; 0 = those for all
    found      TEXT    NOT NULL CHECK (json_valid(found)), -- JSON array of what the codes say
    PRIMARY KEY (photo_id, edited_at, channel_id)
) STRICT, WITHOUT ROWID;

-- A mark that some editors put at the beginning of a file is no part of what was written: with it, `# 标题` was no heading.
UPDATE post SET body = substr(body, 2) WHERE unicode(body) = 65279;
UPDATE post_variant SET body = substr(body, 2) WHERE unicode(body) = 65279;
UPDATE post_version SET body = substr(body, 2) WHERE unicode(body) = 65279;
