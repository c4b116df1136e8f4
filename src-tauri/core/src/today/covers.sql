-- The face of each trial: the first photo of its latest day with one, else its product's.
SELECT t.id AS "id!: Id",
       COALESCE((SELECT d2.photo_id FROM trial_day_photo AS d2 JOIN trial_day AS d ON d.id = d2.day_id
                 WHERE d.trial_id = t.id ORDER BY d.day DESC, d2.position LIMIT 1),
                (SELECT id FROM photo WHERE id = p.cover),
                (SELECT id FROM photo WHERE product_id = p.id AND trashed_at IS NULL ORDER BY source = 'own' DESC, id LIMIT 1)) AS "cover: Id"
FROM trial AS t
JOIN product AS p ON p.id = t.product_id
WHERE t.id IN (SELECT value FROM json_each(?1))
