SELECT
    id AS "id!",
    post_id AS "post!",
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
WHERE post_id = ?1 AND (?2 IS NULL OR id = ?2)
ORDER BY id DESC
