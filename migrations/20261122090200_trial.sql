-- One period of using one product, day by day.
CREATE TABLE trial (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    product_id   INTEGER NOT NULL REFERENCES product (id) ON DELETE RESTRICT,
    acquired     TEXT    NOT NULL CHECK (acquired IN ('bought', 'sample', 'borrowed', 'gift')),
    started_on   TEXT    NOT NULL,                  -- civil date, YYYY-MM-DD
    finished_on  TEXT,
    verdict      TEXT    CHECK (verdict IN ('recommend', 'mixed', 'reject')),
    verdict_text TEXT    NOT NULL DEFAULT '',
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX trial_product ON trial (product_id);

CREATE TABLE trial_day (
    id         INTEGER PRIMARY KEY,
    trial_id   INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    day        TEXT    NOT NULL,                    -- civil date; stays what it was whatever is edited later
    text       TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (trial_id, day)
) STRICT;

-- What a day's note said before it was edited: evidence keeps its history.
CREATE TABLE trial_day_edit (
    id          INTEGER PRIMARY KEY,
    day_id      INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    text        TEXT    NOT NULL,
    replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trial_day_edit_day ON trial_day_edit (day_id);

CREATE TABLE trial_day_photo (
    day_id   INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trial_day_photo_photo ON trial_day_photo (photo_id);

-- How it felt that day, on scales the creator names: 控油, 显白, 续航 …
CREATE TABLE trial_rating (
    day_id INTEGER NOT NULL REFERENCES trial_day (id) ON DELETE CASCADE,
    scale  TEXT    NOT NULL,
    value  INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
    PRIMARY KEY (day_id, scale)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial_shortcoming (
    id         INTEGER PRIMARY KEY,
    trial_id   INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (trial_id, text)
) STRICT;
