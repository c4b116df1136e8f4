UPDATE post
SET
    title = ?2,
    body = ?3,
    commercial = ?4,
    ai_generated = ?5,
    original = ?6,
    fictional = ?7,
    archived = ?8,
    updated_at = ?9
WHERE id = ?1
