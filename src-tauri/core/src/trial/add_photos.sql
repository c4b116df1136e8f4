INSERT INTO trial_day_photo (day_id, photo_id, position)
SELECT ?1, value, key + (SELECT COALESCE(MAX(position) + 1, 0) FROM trial_day_photo WHERE day_id = ?1)
FROM json_each(?2)
WHERE true
ON CONFLICT (day_id, photo_id) DO NOTHING
