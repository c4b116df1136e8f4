-- Posts that show a photo of a day, or say its words: in their own text or a channel's.
SELECT o.title AS "title!", d.day AS "on!: Date"
FROM trial_day AS d
JOIN trial_day_photo AS p ON p.day_id = d.id
JOIN photo_use AS u ON u.photo_id = p.photo_id
JOIN post AS o ON o.id = u.post_id
WHERE d.trial_id = ?1
UNION ALL
SELECT o.title, d.day
FROM trial_day AS d
JOIN post AS o ON instr(o.body, d.text) > 0
               OR EXISTS (SELECT 1 FROM post_variant AS v WHERE v.post_id = o.id AND instr(v.body, d.text) > 0)
WHERE d.trial_id = ?1 AND length(d.text) >= 6 -- fewer characters stand in many texts by chance
LIMIT 1
