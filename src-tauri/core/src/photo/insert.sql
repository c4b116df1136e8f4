INSERT INTO photo (hash, kind, format, width, height, bytes, duration, moving, profile, unread, note, orientation, taken_at, taken_offset,
                   camera, lens, has_gps, fingerprint, source, original_name, product_id, trial_id, created_at)
SELECT value ->> 'hash', value ->> 'kind', value ->> 'format', coalesce(value ->> 'width', 0), coalesce(value ->> 'height', 0),
       value ->> 'bytes', value ->> 'duration', coalesce(value ->> 'moving', 0), coalesce(value ->> 'profile', ''),
       coalesce(value ->> 'unread', ''), coalesce(value ->> 'note', ''), coalesce(value ->> 'orientation', 1), value ->> 'taken_at', value ->> 'taken_offset',
       coalesce(value ->> 'camera', ''), coalesce(value ->> 'lens', ''), coalesce(value ->> 'has_gps', 0),
       value ->> 'fingerprint', value ->> 'source', value ->> 'original_name', value ->> 'product', value ->> 'trial', ?2
FROM json_each(?1)
WHERE true -- tells the ON of the upsert from the ON of a join
ON CONFLICT (hash) DO NOTHING
RETURNING id AS "id!", hash AS "hash!"
