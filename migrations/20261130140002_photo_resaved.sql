-- Which of two files of one picture was there first: made out once, from the files themselves.
CREATE TABLE photo_resaved (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    first_id INTEGER,                               -- whichever of the two the other was saved from; NULL = cannot be told
    PRIMARY KEY (photo_id, other_id),
    CHECK (photo_id < other_id AND (first_id IS NULL OR first_id IN (photo_id, other_id)))
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_resaved_other ON photo_resaved (other_id);
