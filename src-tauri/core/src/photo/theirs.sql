SELECT photo.id AS "id?: Id", hash AS "hash!: String", source AS "source!: Source", fingerprint AS "print!: i64", prints AS "prints?: Vec<u8>",
       width AS "width!: i64", height AS "height!: i64", camera AS "camera!: String"
FROM photo LEFT JOIN photo_look ON photo_look.photo_id = photo.id
WHERE fingerprint IS NOT NULL AND kind = 'picture' AND made = 0 AND source IN ('brand', 'buyer')
UNION ALL
SELECT NULL, hash, source, fingerprint, prints, width, height, camera
FROM photo_theirs
WHERE hash NOT IN (SELECT hash FROM photo WHERE source IN ('brand', 'buyer'))
