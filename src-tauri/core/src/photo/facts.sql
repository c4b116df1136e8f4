SELECT photo.id AS "id!", source AS "source: Source", made AS "made: bool", kind AS "kind: Kind", format, camera,
       taken_at AS "taken_at: Time", taken_offset, fingerprint AS print, started_on AS "started_on?", finished_on,
       photo_mine.said_at AS "said_at?: Time"
FROM photo
LEFT JOIN trial ON trial.id = photo.trial_id
LEFT JOIN photo_mine ON photo_mine.photo_id = photo.id
WHERE CASE WHEN ?1 IS NOT NULL THEN photo.id = ?1
           ELSE source = 'own' AND trashed_at IS NULL AND (?2 IS NULL OR photo.product_id = ?2) AND (?3 IS NULL OR photo.trial_id = ?3) END
ORDER BY photo.id
