-- The same orders as list.sql, by another column. Apart, so that the usual order stays a walk along its index.
SELECT o.id AS "id!", o.shop_id AS "shop!", s.name AS "shop_name!", o.number AS "number!", o.status AS "status!: Status", o.source_status AS "source_status!",
    o.placed_at AS "placed_at!: Time", o.gross AS "gross!", o.refunded AS "refunded!", o.currency AS "currency!", o.commission_estimated, o.commission_settled, o.tags AS "tags!",
    o.source_key GLOB 'hand:*' AS "by_hand!: bool"
FROM "order" o JOIN shop s ON s.id = o.shop_id
WHERE true
  AND (?1 IS NULL OR o.shop_id = ?1)
  AND (?2 IS NULL OR o.status = ?2)
  AND (?3 IS NULL OR o.placed_at >= ?3)
  AND (?4 IS NULL OR o.placed_at < ?4)
  AND (?5 = '' OR o.number LIKE ?5 ESCAPE '\'
       OR o.id IN (SELECT l.order_id FROM order_line l WHERE l.sku LIKE ?5 ESCAPE '\'))
  AND (?6 IS NULL OR o.id IN (SELECT l.order_id FROM order_line l WHERE l.product_id = ?6))
  -- Credited by the default model: the last touch is the post's (the channel's).
  AND (?7 IS NULL OR o.id IN (SELECT t.order_id FROM touch t WHERE t.post_id = ?7)
       AND ?7 = (SELECT t.post_id FROM touch t WHERE t.order_id = o.id
                 ORDER BY t.position DESC, t.tier, t.link_id DESC, t.publication_id DESC LIMIT 1))
  AND (?8 IS NULL OR o.id IN (SELECT t.order_id FROM touch t WHERE t.channel_id = ?8)
       AND ?8 = (SELECT t.channel_id FROM touch t WHERE t.order_id = o.id
                 ORDER BY t.position DESC, t.tier, t.link_id DESC, t.publication_id DESC LIMIT 1))
-- Amounts of different currencies are no order of size: each currency by itself.
ORDER BY CASE WHEN ?11 IN ('refunded', 'net') THEN o.currency END,
    CASE WHEN ?12 THEN CASE ?11
        WHEN 'number' THEN o.number WHEN 'shop' THEN s.name WHEN 'status' THEN o.status WHEN 'refunded' THEN o.refunded
        WHEN 'net' THEN CASE WHEN o.status IN ('created', 'invalid') THEN 0 ELSE o.gross - o.refunded END
        ELSE o.placed_at END END,
    CASE WHEN NOT ?12 THEN CASE ?11
        WHEN 'number' THEN o.number WHEN 'shop' THEN s.name WHEN 'status' THEN o.status WHEN 'refunded' THEN o.refunded
        WHEN 'net' THEN CASE WHEN o.status IN ('created', 'invalid') THEN 0 ELSE o.gross - o.refunded END
        ELSE o.placed_at END END DESC,
    o.placed_at DESC, o.id DESC
LIMIT ?9 OFFSET ?10
