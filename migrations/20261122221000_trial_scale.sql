-- What a feeling said before it was changed is kept with the day's earlier words.
ALTER TABLE trial_day_edit ADD COLUMN ratings TEXT NOT NULL DEFAULT '[]';
-- JSON array of {scale, value}: what was felt differently, taken back or renamed then; an empty text beside it = the words did not change

-- The scales in use in a trial, as the creator chose them. A scale that was rated and is not here was retired: its curve ends, its ratings stay.
CREATE TABLE trial_scale (
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    scale    TEXT    NOT NULL,                      -- the creator's word: 控油, 显白, 续航 …
    position INTEGER NOT NULL DEFAULT 0,            -- order in which they are asked for
    PRIMARY KEY (trial_id, scale)
) STRICT, WITHOUT ROWID;
INSERT INTO trial_scale (trial_id, scale, position)
SELECT d.trial_id, r.scale, ROW_NUMBER() OVER (PARTITION BY d.trial_id ORDER BY COUNT(*) DESC, r.scale) - 1
FROM trial_rating AS r
JOIN trial_day AS d ON d.id = r.day_id
GROUP BY d.trial_id, r.scale;
