SELECT s.id, s.kind AS "kind: ShopKind", s.name, s.url, s.key_env, s.secret_env, s.secret_place, s.ca,
    s.cursor AS "cursor: Time", s.last_synced_at AS "last_synced_at: Time", s.last_error,
    (SELECT count(*) FROM "order" o WHERE o.shop_id = s.id) AS "orders!: i64",
    (s.kind = 'file' AND s.name = '手记' OR EXISTS (SELECT 1 FROM "order" o WHERE o.shop_id = s.id AND o.source_key GLOB 'hand:*')) AS "by_hand!: bool"
FROM shop s
ORDER BY s.name
