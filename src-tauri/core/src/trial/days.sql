SELECT d.trial_id AS "trial!", d.day AS "on: Date", d.text, d.updated_at AS "updated_at: Time",
       CASE WHEN d.written_at > 0 THEN d.written_at ELSE d.created_at END AS "written_at!: Time",
       (SELECT json_group_array(photo_id)
        FROM (SELECT photo_id FROM trial_day_photo WHERE day_id = d.id ORDER BY position, photo_id)) AS "photos!: String",
       (SELECT json_group_array(json_object('scale', scale, 'value', value))
        FROM (SELECT scale, value FROM trial_rating WHERE day_id = d.id ORDER BY scale)) AS "ratings!: String",
       (SELECT COUNT(*) FROM trial_day_edit WHERE day_id = d.id) AS "edits!: i64"
FROM trial_day AS d
WHERE d.trial_id IN (SELECT value FROM json_each(?1))
ORDER BY d.trial_id, d.day
