SELECT t.id AS "id!", t.product_id AS product, p.name AS product_name, t.acquired AS "acquired: Acquired",
       t.started_on AS "started_on: Date", t.finished_on AS "finished_on: Date", t.verdict AS "verdict: Verdict",
       t.verdict_text, t.acquired_from, t.paid, t.currency, t.receipt_id AS receipt, t.before_id AS before, t.after_id AS after, t.ends_on AS "ends_on: Date", t.rhythm,
       (SELECT json_group_array(scale) FROM (SELECT scale FROM trial_scale WHERE trial_id = t.id ORDER BY position, scale)) AS "scales!: String",
       t.created_at AS "created_at: Time", t.updated_at AS "updated_at: Time"
FROM trial AS t
JOIN product AS p ON p.id = t.product_id
WHERE (?1 IS NULL OR t.id = ?1)
  AND (?2 IS NULL OR t.product_id = ?2)
  AND (?3 = 0 OR t.finished_on IS NULL)
ORDER BY t.started_on DESC, t.id DESC
