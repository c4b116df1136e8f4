UPDATE channel
SET
    name = coalesce(?2, name),
    own_shop = coalesce(?3, own_shop),
    archived = coalesce(?4, archived)
WHERE id = ?1
RETURNING
    id AS "id!",
    platform,
    name,
    own_shop AS "own_shop: bool",
    archived AS "archived: bool"
