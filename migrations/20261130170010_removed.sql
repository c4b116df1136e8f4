-- What was recorded by mistake can be taken off the lists, and put back.
ALTER TABLE link ADD COLUMN removed_at INTEGER; -- ms UTC when it was taken off the lists; NULL = it stands. Its code and coupons stay its own: they may be printed, and orders that carry them still tell where they came from
ALTER TABLE publication ADD COLUMN removed_at INTEGER; -- ms UTC when the record was taken away as wrong; NULL = it stands. A wrong record credits no order

-- As before, but for publications that were taken away.
DROP VIEW touch;
CREATE VIEW touch AS
SELECT t.order_id, t.position, t.via, t.value,
       CASE t.via WHEN 'placement' THEN 'B' WHEN 'told' THEN 'C' ELSE 'A' END AS tier,
       l.id AS link_id, NULL AS publication_id, l.post_id, l.channel_id
FROM order_tag t JOIN link l ON l.code = t.value
WHERE t.via <> 'note_id'
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'A', l.id, NULL, l.post_id, l.channel_id
FROM order_tag t JOIN link_coupon k ON k.code = t.value JOIN link l ON l.id = k.link_id
WHERE t.via = 'coupon' AND l.code <> t.value
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'B', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.note_id = t.value -- note ids are case-sensitive: the left side's collation counts
WHERE t.via = 'note_id' AND p.note_id <> '' AND p.removed_at IS NULL
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'C', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.id = CAST(substr(t.value, 2) AS INTEGER)
WHERE t.via = 'told' AND t.value LIKE '#%' AND p.removed_at IS NULL;
