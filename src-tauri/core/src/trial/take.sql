-- A trial with all that hangs on it, as JSON.
SELECT json_object(
    'product', t.product_id, 'acquired', t.acquired, 'started_on', t.started_on, 'finished_on', t.finished_on, 'verdict', t.verdict,
    'verdict_text', t.verdict_text, 'created_at', t.created_at, 'updated_at', t.updated_at, 'acquired_from', t.acquired_from, 'paid', t.paid,
    'currency', t.currency, 'receipt_id', t.receipt_id, 'ends_on', t.ends_on, 'rhythm', t.rhythm, 'before_id', t.before_id,
    'after_id', t.after_id, 'verdict_at', t.verdict_at,
    'days', json((SELECT json_group_array(json_object(
        'day', d.day, 'text', d.text, 'created_at', d.created_at, 'updated_at', d.updated_at, 'written_at', d.written_at,
        'edits', json((SELECT json_group_array(json_object('text', e.text, 'replaced_at', e.replaced_at, 'ratings', e.ratings))
                       FROM (SELECT * FROM trial_day_edit WHERE day_id = d.id ORDER BY id) AS e)),
        'photos', json((SELECT json_group_array(json_object('id', p.photo_id, 'position', p.position)) FROM trial_day_photo AS p WHERE p.day_id = d.id)),
        'ratings', json((SELECT json_group_array(json_object('scale', r.scale, 'value', r.value)) FROM trial_rating AS r WHERE r.day_id = d.id))))
        FROM (SELECT * FROM trial_day WHERE trial_id = t.id ORDER BY id) AS d)),
    'scales', json((SELECT json_group_array(json_object('scale', s.scale, 'position', s.position)) FROM trial_scale AS s WHERE s.trial_id = t.id)),
    'flaws', json((SELECT json_group_array(json_object('text', f.text, 'created_at', f.created_at, 'day', f.day, 'photo_id', f.photo_id,
        'severity', f.severity, 'resolved_on', f.resolved_on)) FROM (SELECT * FROM trial_shortcoming WHERE trial_id = t.id ORDER BY id) AS f)),
    'verdicts', json((SELECT json_group_array(json_object('verdict', v.verdict, 'text', v.text, 'finished_on', v.finished_on,
        'replaced_at', v.replaced_at)) FROM (SELECT * FROM trial_verdict_edit WHERE trial_id = t.id ORDER BY id) AS v)),
    'refused', json((SELECT json_group_array(n.photo_id) FROM trial_refusal AS n WHERE n.trial_id = t.id)),
    'photos', json((SELECT json_group_array(h.id) FROM photo AS h WHERE h.trial_id = t.id))
) AS "kept!: String"
FROM trial AS t
WHERE t.id = ?1
