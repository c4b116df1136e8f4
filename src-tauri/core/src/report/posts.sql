SELECT p.id, p.title,
    coalesce((SELECT group_concat(c.name, '、') FROM channel c
              WHERE c.id IN (SELECT b.channel_id FROM publication b WHERE b.post_id = p.id AND b.removed_at IS NULL
                             UNION SELECT l.channel_id FROM link l WHERE l.post_id = p.id)), '') AS "note!: String",
    (SELECT f.photo_id FROM post_photo f WHERE f.post_id = p.id ORDER BY f.position LIMIT 1) AS "cover: Id"
FROM post p
