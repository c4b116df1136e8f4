SELECT t.order_id AS "order!: Id", t.post_id AS "post!: Id", p.title AS post_title, t.channel_id AS "channel!: Id",
    c.name AS channel_name, t.link_id AS "link: Id", t.publication_id AS "publication: Id", t.tier AS "tier!: Tier",
    t.via AS "via!", t.value AS "value!"
FROM "order" o
JOIN touch t ON t.order_id = o.id
JOIN post p ON p.id = t.post_id
JOIN channel c ON c.id = t.channel_id
WHERE o.placed_at >= ?1 AND o.placed_at < ?2
ORDER BY t.order_id, t.position, t.tier DESC, t.link_id, t.publication_id
