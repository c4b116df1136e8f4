SELECT CAST(wanted.value AS INTEGER) AS "id!: i64", coalesce(
    (SELECT '内容「' || post.title || '」' FROM post_photo JOIN post ON post.id = post_photo.post_id
     WHERE post_photo.photo_id = wanted.value LIMIT 1),
    (SELECT '内容「' || post.title || iif(post_ref.channel_id = 0, '」的正文', '」的渠道改写')
     FROM post_ref JOIN post ON post.id = post_ref.post_id WHERE post_ref.photo_id = wanted.value LIMIT 1),
    (SELECT '试用 ' || trial_day.day || ' 的记录' FROM trial_day_photo JOIN trial_day ON trial_day.id = trial_day_photo.day_id
     WHERE trial_day_photo.photo_id = wanted.value LIMIT 1),
    (SELECT '试用里的缺点「' || text || '」' FROM trial_shortcoming WHERE photo_id = wanted.value LIMIT 1),
    (SELECT '试用的小票' FROM trial WHERE receipt_id = wanted.value LIMIT 1),
    (SELECT '评价的授权凭证' FROM review_consent WHERE photo_id = wanted.value LIMIT 1),
    (SELECT '一条评价的配图' FROM review_photo WHERE photo_id = wanted.value LIMIT 1),
    (SELECT '价格记录' FROM price WHERE photo_id = wanted.value LIMIT 1),
    (SELECT '好物「' || name || '」的封面' FROM product WHERE cover = wanted.value LIMIT 1)
) AS "place!: String"
FROM json_each(?) AS wanted
WHERE "place!: String" IS NOT NULL
LIMIT 1
