INSERT INTO link (code, kind, destination, url, coupon, post_id, channel_id, product_id, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (post_id, channel_id, product_id)
DO UPDATE SET kind = excluded.kind, destination = excluded.destination, url = excluded.url, coupon = excluded.coupon,
              removed_at = NULL
RETURNING id AS "id!"
