SELECT photo.id AS "id!", original_name AS name, hash, kind AS "kind: Kind", format, width, height, bytes,
       duration, moving AS "moving: bool", profile, unread, note, taken_at AS "taken_at: Time", taken_offset, camera, lens,
       has_gps AS "has_gps: bool", source AS "source: Source", made AS "made: bool", rating, pick, caption, focus_x, focus_y,
       product_id AS product, trial_id AS trial,
       (SELECT count(*) FROM (SELECT post_id FROM post_photo WHERE photo_id = photo.id
                              UNION SELECT post_id FROM post_ref WHERE photo_id = photo.id)) AS "used!: i64",
       coalesce((SELECT iif(edits = '', -photo_edit.id, photo_edit.id) FROM photo_edit
                 WHERE photo_id = photo.id AND channel_id = 0 ORDER BY photo_edit.id DESC LIMIT 1), 0) AS "edited!: i64",
       trashed_at AS "trashed_at: Time", created_at AS "created_at: Time"
FROM json_each(?) AS wanted JOIN photo ON photo.id = wanted.value
ORDER BY wanted.key
