SELECT id AS "id!", product_id AS product, own AS "own: bool", buyer, rating, text, reasons, returned,
       sensitivity AS "sensitivity: Sensitivity", consent AS "consent: bool", source, said_on AS "said_on: Date",
       created_at AS "created_at: Time"
FROM review
WHERE (?1 IS NULL OR id = ?1)
  AND (?2 IS NULL OR product_id = ?2)
ORDER BY COALESCE(said_on, date(created_at / 1000, 'unixepoch')) DESC, id DESC
