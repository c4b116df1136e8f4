INSERT INTO trial_day (trial_id, day, text, created_at, updated_at, written_at)
SELECT ?1, value ->> 'day', value ->> 'text', value ->> 'created_at', value ->> 'updated_at', value ->> 'written_at'
FROM json_each(?2, '$.days')
