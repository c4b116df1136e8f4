SELECT id AS "id!", taken_at AS "taken_at!: Time", taken_offset, product_id AS product, trial_id AS trial,
       (SELECT json_group_array(trial_id) FROM trial_refusal WHERE photo_id = photo.id) AS "refused!: String"
FROM photo
WHERE taken_at IS NOT NULL AND trashed_at IS NULL AND source = 'own' AND made = 0 AND pick >= 0 AND kind <> 'file'
  AND NOT EXISTS (SELECT 1 FROM trial_day_photo WHERE photo_id = photo.id)
  AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))
ORDER BY taken_at, id
