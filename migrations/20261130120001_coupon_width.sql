-- A coupon typed in full-width letters is the same coupon: codes are kept as they are compared (value.rs, same_code).
WITH RECURSIVE plain(id, rest, done) AS (
    SELECT rowid, code, '' FROM link_coupon WHERE code GLOB '*[！-～]*'
    UNION ALL
    SELECT id, substr(rest, 2),
        done || CASE WHEN unicode(rest) BETWEEN 65281 AND 65374 THEN char(unicode(rest) - 65248) ELSE substr(rest, 1, 1) END
    FROM plain WHERE rest <> ''
)
UPDATE OR IGNORE link_coupon SET code = (SELECT done FROM plain WHERE id = link_coupon.rowid AND rest = '')
WHERE rowid IN (SELECT id FROM plain);

WITH RECURSIVE plain(id, place, rest, done) AS (
    SELECT order_id, position, value, '' FROM order_tag WHERE via = 'coupon' AND value GLOB '*[！-～]*'
    UNION ALL
    SELECT id, place, substr(rest, 2),
        done || CASE WHEN unicode(rest) BETWEEN 65281 AND 65374 THEN char(unicode(rest) - 65248) ELSE substr(rest, 1, 1) END
    FROM plain WHERE rest <> ''
)
UPDATE order_tag SET value = (SELECT done FROM plain WHERE id = order_id AND place = position AND rest = '')
WHERE via = 'coupon' AND (order_id, position) IN (SELECT id, place FROM plain);
