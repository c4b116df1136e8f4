-- The words that were drawn into a picture here, kept with its bytes: the picture outlives its composition, goes into others and comes
-- back by an import.
CREATE TABLE composition_words (
    hash  TEXT PRIMARY KEY,                                   -- BLAKE3 of the picture's file
    words TEXT NOT NULL CHECK (json_valid(words))             -- JSON array of texts, those of the pictures in it too
) STRICT, WITHOUT ROWID;

-- Compositions that are still there tell their own, and those of the ones they were put together from.
INSERT INTO composition_words (hash, words)
WITH RECURSIVE
    source (photo_id, composition_id) AS (
        SELECT photo_id, composition_id FROM composition_photo
        UNION
        SELECT source.photo_id, part.composition_id
        FROM source
        JOIN composition ON composition.id = source.composition_id
        JOIN json_each(composition.spec, '$.slots') AS slot
        JOIN composition_photo AS part ON part.photo_id = slot.value ->> 'photo'
    ),
    word (photo_id, text) AS (
        SELECT source.photo_id, field.value
        FROM source
        JOIN composition ON composition.id = source.composition_id
        JOIN json_each(json_array(spec ->> 'title', spec ->> 'subtitle', spec ->> 'body', spec ->> 'footer')) AS field
        UNION
        SELECT source.photo_id, slot.value ->> 'text'
        FROM source
        JOIN composition ON composition.id = source.composition_id
        JOIN json_each(composition.spec, '$.slots') AS slot
    )
SELECT photo.hash, json_group_array(word.text) FILTER (WHERE trim(coalesce(word.text, '')) <> '')
FROM word JOIN photo ON photo.id = word.photo_id
GROUP BY photo.hash;

-- What was looked for with less care is looked for again: light codes on dark, and small ones.
DELETE FROM photo_code;
