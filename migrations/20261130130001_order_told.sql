-- An order entered by hand says by whose word it came from a post: tier C, told by the person who took it.
DROP VIEW touch;

CREATE TABLE order_tag_new (
    order_id INTEGER NOT NULL REFERENCES "order" (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,                      -- 0 = met first
    via      TEXT    NOT NULL CHECK (via IN ('landing', 'utm_content', 'note_id', 'placement', 'told', 'coupon')),
    value    TEXT    NOT NULL COLLATE NOCASE,       -- shops change the case of codes; told: a link's code, or # and a publication's id
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO order_tag_new (order_id, position, via, value) SELECT order_id, position, via, value FROM order_tag;
DROP TABLE order_tag;
ALTER TABLE order_tag_new RENAME TO order_tag;
CREATE INDEX order_tag_value ON order_tag (value);

-- As before, and what the person said: it is no tag that the order carries, so it never counts as an exact code.
CREATE VIEW touch AS
SELECT t.order_id, t.position, t.via, t.value,
       CASE t.via WHEN 'placement' THEN 'B' WHEN 'told' THEN 'C' ELSE 'A' END AS tier,
       l.id AS link_id, NULL AS publication_id, l.post_id, l.channel_id
FROM order_tag t JOIN link l ON l.code = t.value
WHERE t.via <> 'note_id'
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'A', l.id, NULL, l.post_id, l.channel_id
FROM order_tag t JOIN link_coupon k ON k.code = t.value JOIN link l ON l.id = k.link_id
WHERE t.via = 'coupon' AND l.code <> t.value
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'B', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.note_id = t.value -- note ids are case-sensitive: the left side's collation counts
WHERE t.via = 'note_id' AND p.note_id <> ''
UNION ALL
SELECT t.order_id, t.position, t.via, t.value, 'C', NULL, p.id, p.post_id, p.channel_id
FROM order_tag t JOIN publication p ON p.id = CAST(substr(t.value, 2) AS INTEGER)
WHERE t.via = 'told' AND t.value LIKE '#%';

-- An order is asked for by the number that its buyer knows.
CREATE INDEX order_number ON "order" (number);
