-- Open trials whose last note (or start) lies two days back or more.
SELECT 'trial_day' AS "kind!: TodoKind", t.id AS "id!: Id", t.product_id AS "about!: Id", p.name AS "title!: String",
       COALESCE((SELECT MAX(day) FROM trial_day WHERE trial_id = t.id), t.started_on) AS "since!: Date",
       COALESCE((SELECT d2.photo_id FROM trial_day_photo AS d2 JOIN trial_day AS d ON d.id = d2.day_id
                 WHERE d.trial_id = t.id ORDER BY d.day DESC, d2.position LIMIT 1),
                (SELECT id FROM photo WHERE id = p.cover),
                (SELECT id FROM photo WHERE product_id = p.id AND trashed_at IS NULL ORDER BY source = 'own' DESC, id DESC LIMIT 1)) AS "cover: Id"
FROM trial AS t
JOIN product AS p ON p.id = t.product_id
WHERE t.finished_on IS NULL
  AND julianday(?1) - julianday(COALESCE((SELECT MAX(day) FROM trial_day WHERE trial_id = t.id), t.started_on)) >= 2
UNION ALL
-- Publications whose link and note id are both missing.
SELECT 'receipt', u.id, u.post_id, o.title, date(u.published_at / 1000, 'unixepoch', 'localtime'),
       (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1)
FROM publication AS u
JOIN post AS o ON o.id = u.post_id
WHERE u.url = '' AND u.note_id = ''
UNION ALL
-- The newest bundle of a post and channel that was never recorded as published.
SELECT 'unpublished', b.post_id, b.post_id, o.title, date(MAX(b.created_at) / 1000, 'unixepoch', 'localtime'),
       (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1)
FROM bundle AS b
JOIN post AS o ON o.id = b.post_id
WHERE o.archived = 0
  AND NOT EXISTS (SELECT 1 FROM publication AS u WHERE u.post_id = b.post_id AND u.channel_id = b.channel_id)
GROUP BY b.post_id
UNION ALL
-- The twenty newest drafts: neither exported nor published.
SELECT * FROM (
    SELECT 'draft', o.id, o.id, o.title, date(o.updated_at / 1000, 'unixepoch', 'localtime'),
           (SELECT photo_id FROM post_photo WHERE post_id = o.id ORDER BY position LIMIT 1)
    FROM post AS o
    WHERE o.archived = 0
      AND NOT EXISTS (SELECT 1 FROM publication WHERE post_id = o.id)
      AND NOT EXISTS (SELECT 1 FROM bundle WHERE post_id = o.id)
    ORDER BY o.updated_at DESC
    LIMIT 20)
