SELECT t.order_id AS "order!: Id", t.post_id AS "post!: Id", p.title AS post_title, t.channel_id AS "channel!: Id",
    c.name AS channel_name, t.link_id AS "link: Id", t.publication_id AS "publication: Id", t.tier AS "tier!: Tier",
    t.via AS "via!", t.value AS "value!"
FROM touch t
JOIN post p ON p.id = t.post_id
JOIN channel c ON c.id = t.channel_id
WHERE t.order_id IN (SELECT value FROM json_each(?1))
ORDER BY t.order_id, t.position, t.tier DESC, t.link_id, t.publication_id
