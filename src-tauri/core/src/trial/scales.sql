SELECT r.scale AS "scale!"
FROM trial_rating AS r
JOIN trial_day AS d ON d.id = r.day_id
JOIN trial AS t ON t.id = d.trial_id
JOIN product AS p ON p.id = t.product_id
WHERE p.id = ?1 OR (?2 <> '' AND p.category = ?2)
GROUP BY r.scale
ORDER BY MAX(p.id = ?1) DESC, COUNT(*) DESC, r.scale
LIMIT 12
