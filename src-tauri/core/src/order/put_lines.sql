INSERT INTO order_line (order_id, source_key, sku, title, product_id, quantity, amount, refunded, told)
SELECT value ->> 'order_id', value ->> 'source_key', value ->> 'sku', value ->> 'title',
    (SELECT k.product_id FROM product_sku k JOIN shop s ON s.name = k.shop WHERE s.id = ?1 AND k.sku = value ->> 'sku'),
    value ->> 'quantity', value ->> 'amount', value ->> 'refunded',
    value ->> 'told'
FROM json_each(?2)
WHERE true
ON CONFLICT (order_id, source_key) DO UPDATE SET
    sku = excluded.sku, title = excluded.title, product_id = excluded.product_id, quantity = excluded.quantity,
    amount = excluded.amount, refunded = excluded.refunded, told = excluded.told
