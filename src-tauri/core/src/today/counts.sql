SELECT (SELECT COUNT(*) FROM "order" WHERE created_at > ?1 AND status NOT IN ('invalid', 'created')) AS "new_orders!: i64",
       (SELECT COALESCE(SUM(gross - refunded), 0) FROM "order"
        WHERE created_at > ?1 AND status NOT IN ('invalid', 'created') AND currency = ?2) AS "new_net!: i64",
       (SELECT COUNT(*) FROM order_refund WHERE seen_at > ?1 AND amount > 0) AS "new_refunds!: i64",
       (SELECT COUNT(*) FROM product) AS "products!: i64", (SELECT COUNT(*) FROM photo WHERE trashed_at IS NULL) AS "photos!: i64",
       (SELECT COUNT(*) FROM post) AS "posts!: i64", (SELECT COUNT(*) FROM publication WHERE removed_at IS NULL) AS "publications!: i64"
