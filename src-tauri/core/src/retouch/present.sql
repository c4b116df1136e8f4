-- A channel's own list, unless it was taken back; else the one for all.
SELECT id AS "id!", channel_id AS "channel!", edits AS "edits!", created_at AS "created_at!: Time"
FROM photo_edit
WHERE id IN (
    (SELECT id FROM photo_edit WHERE photo_id = ?1 AND channel_id = ?2 ORDER BY id DESC LIMIT 1),
    (SELECT id FROM photo_edit WHERE photo_id = ?1 AND channel_id = 0 ORDER BY id DESC LIMIT 1)
) AND (channel_id = 0 OR edits <> '')
ORDER BY channel_id <> 0 DESC
LIMIT 1
