-- What was odd about a file when it came in, for people: it lacks its last bytes, its clock was ahead of the day.
ALTER TABLE photo ADD COLUMN note TEXT NOT NULL DEFAULT ''; -- '' = nothing
