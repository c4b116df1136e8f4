SELECT link.id AS "id!", link.code, link.kind AS "kind: LinkKind", link.url, link.destination, link.coupon,
       link.post_id AS post, post.title AS post_title, link.channel_id AS channel, channel.name AS channel_name,
       link.product_id AS product, product.name AS product_name, link.created_at AS "created_at: Time"
FROM link
JOIN post ON post.id = link.post_id
JOIN channel ON channel.id = link.channel_id
JOIN product ON product.id = link.product_id
WHERE link.removed_at IS NULL
  AND (?1 IS NULL OR link.post_id = ?1)
  AND (?2 IS NULL OR link.channel_id = ?2)
  AND (?3 IS NULL OR link.product_id = ?3)
ORDER BY link.created_at DESC, link.id DESC
