INSERT INTO price (product_id, amount, currency, kind, seen_at, place, conditions, photo_id, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
RETURNING id AS "id!"
