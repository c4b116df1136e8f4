INSERT INTO "order" (shop_id, source_key, number, status, source_status, placed_at, source_updated_at, currency, gross, refunded,
    commission_estimated, commission_settled, buyer, tags, content_hash, raw, created_at, updated_at)
SELECT ?1, value ->> 'source_key', value ->> 'number', value ->> 'status', value ->> 'source_status', value ->> 'placed_at',
    value ->> 'source_updated_at', value ->> 'currency', value ->> 'gross', value ->> 'refunded',
    value ->> 'commission_estimated', value ->> 'commission_settled', value ->> 'buyer', value ->> 'tags',
    value ->> 'content_hash', value ->> 'raw', ?3, ?3
FROM json_each(?2)
WHERE true
ON CONFLICT (shop_id, source_key) DO UPDATE SET
    number = excluded.number, status = excluded.status, source_status = excluded.source_status,
    placed_at = excluded.placed_at, source_updated_at = excluded.source_updated_at, currency = excluded.currency,
    gross = excluded.gross, refunded = excluded.refunded,
    commission_estimated = coalesce(excluded.commission_estimated, commission_estimated),
    commission_settled = coalesce(excluded.commission_settled, commission_settled),
    buyer = coalesce(buyer, excluded.buyer), tags = excluded.tags, content_hash = excluded.content_hash,
    raw = excluded.raw, updated_at = excluded.updated_at
RETURNING id AS "id!: Id", source_key
