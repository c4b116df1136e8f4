-- The links that any of these words stand for, as a code or as a coupon now or once.
SELECT CAST(word.value AS TEXT) AS "word!: String", link.channel_id AS "channel!", channel.name AS "channel_name!",
       link.post_id AS "post!", post.title AS "post_title!"
FROM json_each(?1) AS word
JOIN link ON link.code = word.value
          OR link.id IN (SELECT link_id FROM link_coupon WHERE link_coupon.code = word.value)
JOIN channel ON channel.id = link.channel_id
JOIN post ON post.id = link.post_id
ORDER BY link.id
