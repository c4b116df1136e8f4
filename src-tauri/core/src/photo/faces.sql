SELECT photo.id AS "id!", hash, format, fingerprint AS "print!", width, height, bytes, taken_at AS "taken_at: Time", camera, rating, pick,
       (SELECT count(DISTINCT post_id) FROM photo_use WHERE photo_use.photo_id = photo.id) AS "used!: i64",
       photo_settled.chosen AS "chosen?: bool", photo_look.look AS "look?", photo_look.sharp AS "sharp?"
FROM json_each(?) AS wanted
JOIN photo ON photo.id = wanted.value
LEFT JOIN photo_settled ON photo_settled.photo_id = photo.id
LEFT JOIN photo_look ON photo_look.photo_id = photo.id
WHERE fingerprint IS NOT NULL
ORDER BY photo.id
