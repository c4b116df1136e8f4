SELECT p.id AS "id!", p.name, p.brand, p.category, p.price, p.currency, p.url, p.fits, p.unfits, p.selling_points,
       p.shortcomings, p.supplier, p.note, p.stage AS "stage: Stage",
       p.created_at AS "created_at: Time", p.updated_at AS "updated_at: Time",
       COALESCE((SELECT id FROM photo WHERE id = p.cover),
                (SELECT id FROM photo WHERE product_id = p.id AND trashed_at IS NULL
                 ORDER BY source = 'own' DESC, id LIMIT 1)) AS "cover: Id",
       (SELECT json_group_array(json_object('shop', shop, 'sku', sku))
        FROM (SELECT shop, sku FROM product_sku WHERE product_id = p.id ORDER BY shop, sku)) AS "skus!: String",
       (SELECT COUNT(*) FROM photo WHERE product_id = p.id AND trashed_at IS NULL) AS "photos!: i64",
       (SELECT COUNT(*) FROM trial WHERE product_id = p.id) AS "trials!: i64",
       (SELECT COUNT(*) FROM post_product WHERE product_id = p.id) AS "posts!: i64",
       (SELECT COUNT(DISTINCT order_id) FROM order_line WHERE product_id = p.id) AS "orders!: i64"
FROM product AS p
WHERE (?1 IS NULL OR p.id = ?1)
  AND (?2 IS NULL OR p.stage = ?2)
  AND (?3 = '' OR instr(lower(p.name), ?3) OR instr(lower(p.brand), ?3) OR instr(lower(p.category), ?3))
ORDER BY p.updated_at DESC, p.id DESC
