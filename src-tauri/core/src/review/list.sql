SELECT r.id AS "id!", r.product_id AS product, r.own AS "own: bool", r.buyer, r.rating, r.text, r.reasons, r.returned,
       r.sensitivity AS "sensitivity: Sensitivity", r.declined, r.consent AS "consent: bool", r.source, r.note,
       r.said_on AS "said_on: Date", r.trashed_at AS "trashed_at: Time", r.created_at AS "created_at: Time",
       c.at AS "consent_at: Time", c.how AS "consent_how?: String",
       (SELECT json_group_array(photo_id) FROM (SELECT p.photo_id FROM review_photo AS p JOIN photo ON photo.id = p.photo_id
           WHERE p.review_id = r.id AND photo.trashed_at IS NULL ORDER BY p.position)) AS "photos!: String",
       (SELECT COUNT(*) FROM review_edit AS e WHERE e.review_id = r.id) AS "edits!: i64"
FROM review AS r
LEFT JOIN review_consent AS c ON r.consent AND c.id = (SELECT MAX(id) FROM review_consent WHERE review_id = r.id)
WHERE (?1 IS NULL AND (r.trashed_at IS NOT NULL) = ?3 OR r.id = ?1)
  AND (?2 IS NULL OR r.product_id = ?2)
ORDER BY COALESCE(r.said_on, date(r.created_at / 1000, 'unixepoch')) DESC, r.id DESC
