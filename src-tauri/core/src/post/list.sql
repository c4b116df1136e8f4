SELECT
    p.id AS "id!",
    p.code,
    p.title,
    -- The first words are in the first part: long bodies need not be read whole.
    substr(p.body, 1, 600) AS "body!: String",
    p.archived AS "archived: bool",
    p.created_at AS "created_at: Time",
    p.updated_at AS "updated_at: Time",
    (SELECT json_group_array(product_id ORDER BY position) FROM post_product WHERE post_id = p.id) AS "products!: String",
    (SELECT photo_id FROM post_photo WHERE post_id = p.id ORDER BY position LIMIT 1) AS "cover: Id",
    (SELECT count(*) FROM post_photo WHERE post_id = p.id) AS "photos!: i64",
    (SELECT count(*) FROM publication WHERE post_id = p.id AND removed_at IS NULL) AS "publications!: i64",
    (SELECT count(*) FROM link WHERE post_id = p.id AND removed_at IS NULL) AS "links!: i64"
FROM post AS p
WHERE p.archived = 0 OR ?1
ORDER BY p.updated_at DESC, p.id DESC
