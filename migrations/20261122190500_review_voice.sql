-- Reviews grow up: what the creator made of them, what stands on them, and what became of them.
ALTER TABLE review ADD COLUMN declined TEXT NOT NULL DEFAULT '[]';     -- JSON array of {kind, label}: what a rule proposed and the creator said no to
ALTER TABLE review ADD COLUMN note TEXT NOT NULL DEFAULT '';           -- the creator's own remark; never the buyer's words
ALTER TABLE review ADD COLUMN trashed_at INTEGER;                      -- taken away, to be brought back

-- Every word about consent, given and withdrawn; review.consent is what the last one said.
CREATE TABLE review_consent (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    given     INTEGER NOT NULL CHECK (given IN (0, 1)),
    how       TEXT    NOT NULL DEFAULT '',            -- in the creator's words: 私信里说可以
    photo_id  INTEGER REFERENCES photo (id) ON DELETE SET NULL, -- a screenshot of it
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX review_consent_review ON review_consent (review_id);
CREATE INDEX review_consent_photo ON review_consent (photo_id);
INSERT INTO review_consent (review_id, given, at) SELECT id, 1, created_at FROM review WHERE consent = 1;

-- Pictures that came with a review, in order.
CREATE TABLE review_photo (
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    photo_id  INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    PRIMARY KEY (review_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_photo_photo ON review_photo (photo_id);

-- What the creator's own review said before it was changed.
CREATE TABLE review_edit (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    review_id INTEGER NOT NULL REFERENCES review (id) ON DELETE CASCADE,
    text      TEXT    NOT NULL,                       -- the words that were replaced
    rating    INTEGER,                                -- the rating at that time
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX review_edit_review ON review_edit (review_id);

-- The creator's own rules: in place of the shipped one of the same kind and label, or beside them.
CREATE TABLE review_rule (
    kind       TEXT    NOT NULL CHECK (kind IN ('bought_because', 'returned_because', 'sensitivity')),
    label      TEXT    NOT NULL,                      -- 便宜, 过敏 …; price, value or brand of a sensitivity
    words      TEXT    NOT NULL,                      -- JSON array
    enabled    INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, label)
) STRICT, WITHOUT ROWID;

-- Whether the same words stand there already is asked for every imported row.
DROP INDEX review_product;
CREATE INDEX review_same ON review (product_id, text);
