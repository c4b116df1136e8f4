INSERT INTO order_refund (order_id, source_key, amount, state, reason, refunded_at, seen_at)
SELECT value ->> 'order_id', value ->> 'source_key', value ->> 'amount', value ->> 'state', value ->> 'reason',
    value ->> 'refunded_at', ?2
FROM json_each(?1)
WHERE true
ON CONFLICT (order_id, source_key) DO UPDATE SET
    amount = excluded.amount, state = excluded.state, reason = excluded.reason, refunded_at = excluded.refunded_at
