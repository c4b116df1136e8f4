-- The whole wall in one row: a column of the answer is one text, one value per photo. A row per photo would cost more than the query.
SELECT group_concat(id) AS "ids: String",
       group_concat(at) AS "times: String",
       group_concat(zone) AS "zones: String",
       group_concat(mark) AS "marks: String",
       group_concat(product) AS "products: String"
FROM (
    SELECT id, coalesce(taken_at, created_at) AS at,
           iif(taken_at IS NULL, '', coalesce(taken_offset, '')) AS zone,
           rating + 8 * (pick = 1) + 16 * (pick = -1) + 32 * (kind = 'clip') + 64 * (kind = 'file')
               + 128 * CASE source WHEN 'brand' THEN 1 WHEN 'buyer' THEN 2 WHEN 'screenshot' THEN 3 ELSE 0 END
               + 512 * (id IN (SELECT photo_id FROM photo_use)) + 1024 * made + 2048 * moving AS mark,
           -- Whose it is; negative: it proves nothing yet, but could.
           coalesce(iif(source = 'own' AND trial_id IS NULL AND NOT made, -product_id, product_id), '') AS product
    FROM photo
    WHERE (trashed_at IS NOT NULL) = ?1
      AND (?2 IS NULL OR product_id = ?2)
      AND (?3 IS NULL OR trial_id = ?3)
      AND (?4 IS NULL OR source = ?4)
      AND (?5 IS NULL OR kind = ?5)
      AND (?6 IS NULL OR pick = ?6)
      AND (?7 IS NULL OR camera = ?7)
      AND rating >= ?8
      AND (?9 IS NULL OR (id IN (SELECT photo_id FROM photo_use)) = ?9)
      AND (NOT ?10 OR product_id IS NULL)
      AND coalesce(taken_at, created_at) BETWEEN ?11 AND ?12
      AND iif(taken_at IS NULL OR taken_offset IS NULL,
              coalesce(taken_at, created_at) >= ?13 AND coalesce(taken_at, created_at) < ?14,
              taken_at + taken_offset * 60000 >= ?15 AND taken_at + taken_offset * 60000 < ?16)
      AND (?17 IS NULL OR caption LIKE ?17 ESCAPE '\')
    ORDER BY coalesce(taken_at, created_at) DESC, id DESC
)
