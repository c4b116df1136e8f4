SELECT publication.id AS "id!", publication.post_id AS post, post.title AS post_title,
       (SELECT photo_id FROM post_photo WHERE post_id = post.id ORDER BY position LIMIT 1) AS "cover: Id",
       publication.channel_id AS channel, channel.name AS channel_name, channel.platform,
       publication.published_at AS "at: Time", publication.url, publication.note_id,
       channel.platform NOT IN (SELECT value FROM json_each(?4)) AS "receipt!: bool"
FROM publication
JOIN post ON post.id = publication.post_id
JOIN channel ON channel.id = publication.channel_id
WHERE (?3 OR publication.removed_at IS NULL) AND (?1 IS NULL OR publication.id = ?1) AND (?2 IS NULL OR publication.post_id = ?2)
ORDER BY publication.published_at DESC, publication.id DESC
