SELECT id AS "id!", product_id AS product, amount, currency, kind AS "kind: PriceKind", seen_at AS "seen_at: Time",
       place, conditions, photo_id AS photo, created_at AS "created_at: Time"
FROM price
WHERE product_id = ?1 AND (withdrawn_at IS NOT NULL) = ?2
ORDER BY seen_at DESC, id DESC
