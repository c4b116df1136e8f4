-- The order of the photo wall with all that the wall shows and filters by: 100,000 photos are read from the index alone, and the
-- table is not touched. wall.sql and list.sql sort by the same words.
DROP INDEX photo_newest;
CREATE INDEX photo_newest ON photo (
    coalesce(taken_at, created_at) DESC, id DESC,
    taken_at, taken_offset, trashed_at, kind, source, rating, pick, made, moving, product_id, trial_id, camera
);
