-- A price that was noted wrongly (357 for 35.70) is taken back: it proves nothing any more, but what was noted and when stays to be seen.
ALTER TABLE price ADD COLUMN withdrawn_at INTEGER; -- ms UTC when it was taken back as noted wrongly; NULL = it stands
