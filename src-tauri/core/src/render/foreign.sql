SELECT
    product.name,
    product.url,
    -- Shops whose orders come by file may be anybody's; one whose back room we read is the creator's own.
    EXISTS (SELECT 1 FROM product_sku AS s JOIN shop ON shop.name = s.shop
            WHERE s.product_id = product.id AND shop.kind <> 'file') AS "has_sku!: bool",
    (SELECT json_group_array(url) FROM shop WHERE kind <> 'file' AND url <> '') AS "shops!: String"
FROM post_product AS p
JOIN product ON product.id = p.product_id
WHERE p.post_id = ?1
ORDER BY p.position
