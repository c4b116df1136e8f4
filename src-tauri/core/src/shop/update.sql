UPDATE shop SET name = ?2, url = ?3, key_env = ?4, secret_env = ?5, ca = ?6,
    cursor = CASE WHEN ?7 THEN NULL ELSE cursor END
WHERE id = ?1
