INSERT INTO photo (hash, format, width, height, bytes, orientation, taken_at, taken_offset, camera, lens, has_gps,
                   fingerprint, source, original_name, product_id, trial_id, created_at)
SELECT value ->> 'hash', value ->> 'format', value ->> 'width', value ->> 'height', value ->> 'bytes',
       value ->> 'orientation', value ->> 'taken_at', value ->> 'taken_offset', value ->> 'camera', value ->> 'lens',
       value ->> 'has_gps', value ->> 'fingerprint', value ->> 'source', value ->> 'original_name',
       value ->> 'product', value ->> 'trial', ?2
FROM json_each(?1)
WHERE true -- tells the ON of the upsert from the ON of a join
ON CONFLICT (hash) DO NOTHING
RETURNING id AS "id!", hash AS "hash!"
