SELECT o.source_key AS "key!", coalesce(o.source_updated_at, o.placed_at) AS "updated_at!: Time",
    o.source_status AS "source_status!", o.gross AS "gross!",
    (SELECT coalesce(json_group_object(r.source_key, r.amount), '{}') FROM order_refund r
     WHERE r.order_id = o.id AND r.amount <> 0) AS "refunds!: String"
FROM "order" o
WHERE o.shop_id = ?1
  AND coalesce(o.source_updated_at, o.placed_at) > ?2
  -- Without a hash it is gone from the shop (order/store.rs, erase).
  AND o.content_hash <> ''
