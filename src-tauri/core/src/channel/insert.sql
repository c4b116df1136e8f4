INSERT INTO channel (platform, name, own_shop, created_at)
VALUES (?1, ?2, ?3, ?4)
RETURNING
    id AS "id!",
    platform,
    name,
    own_shop AS "own_shop: bool",
    archived AS "archived: bool"
