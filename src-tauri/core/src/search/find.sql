SELECT e.noun, e.ref AS "id!", e.title, e.body, bm25(search_pair, 8.0, 1.0) AS "rank!: f64"
FROM search_pair
JOIN search_entry AS e ON e.id = search_pair.rowid
WHERE search_pair MATCH ?1
  AND (?2 = '[]' OR e.noun IN (SELECT value FROM json_each(?2)))
ORDER BY 5, e.id
LIMIT ?3 OFFSET ?4
