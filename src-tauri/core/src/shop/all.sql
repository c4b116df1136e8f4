SELECT s.id, s.kind AS "kind: ShopKind", s.name, s.url, s.key_env, s.secret_env, s.secret_place, s.ca,
    s.cursor AS "cursor: Time", s.last_synced_at AS "last_synced_at: Time", s.last_error,
    (SELECT count(*) FROM "order" o WHERE o.shop_id = s.id) AS "orders!: i64"
FROM shop s
ORDER BY s.name
