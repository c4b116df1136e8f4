INSERT INTO review (product_id, own, buyer, rating, text, reasons, returned, sensitivity, consent, source, said_on, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
RETURNING id AS "id!"
