SELECT
    id AS "id!",
    post_id AS "post!",
    channel_id AS channel,
    kind,
    label,
    title,
    body,
    products,
    photos,
    begun_at AS "begun_at: Time",
    saved_at AS "saved_at: Time",
    taken_away
FROM post_version
WHERE post_id = ?1 AND (?2 IS NULL OR id = ?2) AND (?3 IS NULL OR coalesce(channel_id, 0) = ?3)
ORDER BY id DESC
