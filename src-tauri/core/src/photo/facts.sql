SELECT photo.id AS "id!", source AS "source: Source", made AS "made: bool", kind AS "kind: Kind", format, camera,
       taken_at AS "taken_at: Time", taken_offset, fingerprint AS print, started_on AS "started_on?", finished_on,
       photo_mine.said_at AS "said_at?: Time"
FROM json_each(coalesce(?1, (SELECT json_group_array(id) FROM photo WHERE source = 'own' AND trashed_at IS NULL
                             AND (?2 IS NULL OR product_id = ?2) AND (?3 IS NULL OR trial_id = ?3)))) AS wanted
JOIN photo ON photo.id = wanted.value
LEFT JOIN trial ON trial.id = coalesce(?3, photo.trial_id)
LEFT JOIN photo_mine ON photo_mine.photo_id = photo.id
ORDER BY photo.id
