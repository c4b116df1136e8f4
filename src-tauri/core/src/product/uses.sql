SELECT (SELECT COUNT(*) FROM trial WHERE product_id = ?1) AS "trials!: i64",
       (SELECT COUNT(*) FROM review WHERE product_id = ?1 AND trashed_at IS NULL) AS "reviews!: i64",
       (SELECT COUNT(*) FROM post_product WHERE product_id = ?1) AS "posts!: i64",
       (SELECT COUNT(*) FROM link WHERE product_id = ?1) AS "links!: i64",
       (SELECT COUNT(DISTINCT order_id) FROM order_line WHERE product_id = ?1) AS "orders!: i64",
       (SELECT COUNT(*) FROM price WHERE product_id = ?1 AND withdrawn_at IS NULL) AS "prices!: i64"
