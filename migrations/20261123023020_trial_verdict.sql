-- A verdict keeps its history as a day does.

-- When the verdict that stands was said first: going on within two minutes is the same sitting. 0: not known.
ALTER TABLE trial ADD COLUMN verdict_at INTEGER NOT NULL DEFAULT 0;

-- What was said before, append only: said anew, or the trial was opened again.
CREATE TABLE trial_verdict_edit (
    id          INTEGER PRIMARY KEY,
    trial_id    INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    verdict     TEXT    NOT NULL,               -- recommend, mixed, reject
    text        TEXT    NOT NULL,               -- its words
    finished_on TEXT    NOT NULL,               -- the end it gave, YYYY-MM-DD
    replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trial_verdict_edit_of ON trial_verdict_edit (trial_id);
