-- What the creator decided about the photos of a trial goes with the workspace, not with the computer.

-- Not of this trial, however well the day fits: not suggested for it again.
CREATE TABLE trial_refusal (
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
    PRIMARY KEY (photo_id, trial_id)
) STRICT, WITHOUT ROWID;

-- The pair that is compared; without one the first and the latest.
ALTER TABLE trial ADD COLUMN before_id INTEGER REFERENCES photo (id) ON DELETE SET NULL;
ALTER TABLE trial ADD COLUMN after_id INTEGER REFERENCES photo (id) ON DELETE SET NULL;
