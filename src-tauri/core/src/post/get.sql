SELECT
    p.id AS "id!",
    p.code,
    p.title,
    p.body,
    p.commercial AS "commercial: bool",
    p.ai_generated AS "ai_generated: bool",
    p.original AS "original: bool",
    p.fictional AS "fictional: bool",
    p.archived AS "archived: bool",
    p.created_at AS "created_at: Time",
    p.updated_at AS "updated_at: Time",
    (SELECT json_group_array(product_id ORDER BY position) FROM post_product WHERE post_id = p.id) AS "products!: String",
    (SELECT json_group_array(photo_id ORDER BY position) FROM post_photo WHERE post_id = p.id) AS "photos!: String"
FROM post AS p
WHERE p.id = ?1
