-- How the product was got, as the ad law asks: from whom, for how much, with what to show for it.
ALTER TABLE trial ADD COLUMN acquired_from TEXT NOT NULL DEFAULT '';
-- who sold, sent, lent or gave it; '' = not said
ALTER TABLE trial ADD COLUMN paid INTEGER CHECK (paid >= 0);
-- minor units; 0 = nothing was paid; NULL = not said
ALTER TABLE trial ADD COLUMN currency TEXT NOT NULL DEFAULT 'CNY';
-- currency of paid, ISO 4217
ALTER TABLE trial ADD COLUMN receipt_id INTEGER REFERENCES photo (id) ON DELETE RESTRICT;
-- photo of the receipt or the agreement; NULL = none
ALTER TABLE trial ADD COLUMN ends_on TEXT;
-- civil date the trial is meant to run to; NULL = open
ALTER TABLE trial ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 2 CHECK (rhythm BETWEEN 0 AND 90);
-- a note every so many days; 0 = no reminders

-- A day may begin with a photo and be written about later: when its first words were written. 0 = none yet.
ALTER TABLE trial_day ADD COLUMN written_at INTEGER NOT NULL DEFAULT 0;
UPDATE trial_day SET written_at = created_at WHERE text <> '';

-- Shortcomings are evidence too: when one was noticed, what shows it, how bad it is, and whether it went away.
ALTER TABLE trial_shortcoming ADD COLUMN day TEXT NOT NULL DEFAULT '';
-- civil date it was noticed
UPDATE trial_shortcoming SET day = date(created_at / 1000, 'unixepoch', 'localtime');
ALTER TABLE trial_shortcoming ADD COLUMN photo_id INTEGER REFERENCES photo (id) ON DELETE RESTRICT;
-- what shows it; NULL = words only
ALTER TABLE trial_shortcoming ADD COLUMN severity INTEGER NOT NULL DEFAULT 2 CHECK (severity BETWEEN 1 AND 3);
-- 1 a flaw one lives with, 2 it disturbs, 3 a reason not to buy
ALTER TABLE trial_shortcoming ADD COLUMN resolved_on TEXT;
-- civil date since when it is gone; NULL = it still stands
