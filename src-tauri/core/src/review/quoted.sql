SELECT DISTINCT p.id AS "id!", p.title, CAST(r.value AS INTEGER) AS "review!: Id"
FROM json_each(?1) AS r
JOIN post AS p
LEFT JOIN post_variant AS v ON v.post_id = p.id
WHERE p.body || ' ' GLOB '*review:' || r.value || '[^0-9]*'
   OR v.body || ' ' GLOB '*review:' || r.value || '[^0-9]*'
