SELECT trial_id AS "trial!", id AS "id!", text, day AS "on: Date", photo_id AS photo, severity,
       resolved_on AS "resolved_on: Date", created_at AS "created_at: Time"
FROM trial_shortcoming
WHERE trial_id IN (SELECT value FROM json_each(?1))
ORDER BY trial_id, resolved_on IS NOT NULL, severity DESC, day, id
