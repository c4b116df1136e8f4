-- Publications whose link and note id are both missing, where there is one to paste back (?1: platforms without).
SELECT 'receipt' AS "kind!: TodoKind", u.id AS "id!: Id", u.post_id AS "about!: Id", o.title AS "title!: String",
       u.published_at AS "since!: Time",
       (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1) AS "cover: Id"
FROM publication AS u
JOIN post AS o ON o.id = u.post_id
JOIN channel AS c ON c.id = u.channel_id
WHERE u.url = '' AND u.note_id = '' AND u.removed_at IS NULL AND c.platform NOT IN (SELECT value FROM json_each(?1))
UNION ALL
-- The newest bundle of a post and channel that was never recorded as published.
SELECT 'unpublished', b.post_id, b.post_id, o.title, MAX(b.created_at),
       (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1)
FROM bundle AS b
JOIN post AS o ON o.id = b.post_id
WHERE o.archived = 0
  AND NOT EXISTS (SELECT 1 FROM publication AS u WHERE u.post_id = b.post_id AND u.channel_id = b.channel_id AND u.removed_at IS NULL)
GROUP BY b.post_id
UNION ALL
-- The twenty newest drafts with a word in them: neither exported nor published.
SELECT * FROM (
    SELECT 'draft', o.id, o.id, o.title, o.updated_at,
           (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1)
    FROM post AS o
    WHERE o.archived = 0
      AND NOT EXISTS (SELECT 1 FROM publication WHERE post_id = o.id AND removed_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM bundle WHERE post_id = o.id)
      AND (trim(o.title || o.body, ' ' || char(9, 10, 13, 12288)) <> '' OR EXISTS (SELECT 1 FROM post_variant WHERE post_id = o.id))
    ORDER BY o.updated_at DESC
    LIMIT 20)
