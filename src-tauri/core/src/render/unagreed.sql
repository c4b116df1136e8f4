SELECT photo.id AS "id!"
FROM photo
WHERE photo.id IN (SELECT value FROM json_each(?1))
  AND (photo.source = 'buyer'
       OR EXISTS (SELECT 1 FROM review_photo AS p JOIN review AS r ON r.id = p.review_id
                  WHERE p.photo_id = photo.id AND NOT r.own AND r.trashed_at IS NULL))
  AND NOT EXISTS (SELECT 1 FROM review_photo AS p JOIN review AS r ON r.id = p.review_id
                  WHERE p.photo_id = photo.id AND (r.consent OR r.own) AND r.trashed_at IS NULL)
