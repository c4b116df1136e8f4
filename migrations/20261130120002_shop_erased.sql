-- Orders that a shop erases for good are noticed and counted.
ALTER TABLE shop_sync ADD COLUMN erased INTEGER NOT NULL DEFAULT 0; -- orders that were gone from the shop for good

-- The cursor itself now stands where everything is in; before, each sync went two hours back from it.
UPDATE shop SET cursor = cursor - 7200000 WHERE kind = 'vendure' AND cursor IS NOT NULL;
