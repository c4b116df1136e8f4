SELECT
    product.name,
    product.url,
    -- Shops whose orders come by file may be anybody's; one whose back room we read is the creator's own.
    EXISTS (SELECT 1 FROM product_sku AS s JOIN shop ON shop.name = s.shop
            WHERE s.product_id = product.id AND shop.kind <> 'file') AS "has_sku!: bool"
FROM product
LEFT JOIN post_product AS p ON p.product_id = product.id AND p.post_id = ?1
WHERE p.post_id IS NOT NULL
   OR product.id IN (SELECT product_id FROM link WHERE post_id = ?1 AND removed_at IS NULL)
ORDER BY p.position IS NULL, p.position
