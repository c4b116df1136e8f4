SELECT id AS "id!", original_name AS name, hash, kind AS "kind: Kind", format, width, height, bytes,
       duration, moving AS "moving: bool", profile, unread, note, taken_at AS "taken_at: Time", taken_offset, camera, lens,
       has_gps AS "has_gps: bool", source AS "source: Source", made AS "made: bool", rating, pick, caption, focus_x, focus_y,
       product_id AS product, trial_id AS trial,
       (SELECT count(*) FROM (SELECT post_id FROM post_photo WHERE photo_id = photo.id
                              UNION SELECT post_id FROM post_ref WHERE photo_id = photo.id)) AS "used!: i64",
       coalesce((SELECT iif(edits = '', -photo_edit.id, photo_edit.id) FROM photo_edit
                 WHERE photo_id = photo.id AND channel_id = 0 ORDER BY photo_edit.id DESC LIMIT 1), 0) AS "edited!: i64",
       trashed_at AS "trashed_at: Time", created_at AS "created_at: Time"
FROM photo
WHERE (trashed_at IS NOT NULL) = ?1
  AND (?2 IS NULL OR product_id = ?2)
  AND (?3 IS NULL OR trial_id = ?3)
  AND (?4 IS NULL OR source = ?4)
  AND (?5 IS NULL OR kind = ?5)
  AND (?6 IS NULL OR pick = ?6)
  AND (?7 IS NULL OR camera = ?7)
  AND rating >= ?8
  AND (?9 IS NULL OR (id IN (SELECT photo_id FROM photo_use)) = ?9)
  AND (NOT ?10 OR product_id IS NULL)
  AND coalesce(taken_at, created_at) BETWEEN ?11 AND ?12
  AND iif(taken_at IS NULL OR taken_offset IS NULL,
          coalesce(taken_at, created_at) >= ?13 AND coalesce(taken_at, created_at) < ?14,
          taken_at + taken_offset * 60000 >= ?15 AND taken_at + taken_offset * 60000 < ?16)
  AND (?17 IS NULL OR caption LIKE ?17 ESCAPE '\')
ORDER BY coalesce(taken_at, created_at) DESC, id DESC
LIMIT ?18 OFFSET ?19
