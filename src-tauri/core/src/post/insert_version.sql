INSERT INTO post_version (post_id, channel_id, kind, label, title, body, products, photos, begun_at, saved_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
RETURNING
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
