SELECT o.id AS "id!", o.shop_id AS "shop!", s.name AS "shop_name!", o.number AS "number!", o.status AS "status!: Status", o.source_status AS "source_status!",
    o.placed_at AS "placed_at!: Time", o.gross AS "gross!", o.refunded AS "refunded!", o.currency AS "currency!", o.commission_estimated, o.commission_settled, o.tags AS "tags!",
    o.source_key GLOB 'hand:*' AS "by_hand!: bool"
FROM "order" o JOIN shop s ON s.id = o.shop_id
WHERE o.number = ?1
ORDER BY o.id
