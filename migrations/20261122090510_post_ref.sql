-- Which photos stand in texts, as `(photo:ID)`: derived from post.body and post_variant.body, kept right by the triggers below.
CREATE TABLE post_ref (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL DEFAULT 0,          -- whose variant it stands in; 0 = the post's own text
    photo_id   INTEGER NOT NULL,                    -- as written: there may be no such photo
    PRIMARY KEY (photo_id, post_id, channel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_ref_post ON post_ref (post_id, channel_id);

-- Every use of a photo in a post: in its list of photos, its text, or a channel's variant of it.
CREATE VIEW photo_use AS
SELECT photo_id, post_id FROM post_photo
UNION ALL
SELECT photo_id, post_id FROM post_ref;

-- A text as JSON, cut at each `(photo:`, is an array whose items after the first begin with an id.
INSERT INTO post_ref (post_id, photo_id)
SELECT DISTINCT post.id, CAST(part.value AS INTEGER)
FROM post, json_each('[' || replace(json_quote(post.body), '(photo:', '","') || ']') AS part
WHERE part.key > 0 AND part.value GLOB '[0-9]*';

INSERT INTO post_ref (post_id, channel_id, photo_id)
SELECT DISTINCT post_id, channel_id, CAST(part.value AS INTEGER)
FROM post_variant, json_each('[' || replace(json_quote(post_variant.body), '(photo:', '","') || ']') AS part
WHERE part.key > 0 AND part.value GLOB '[0-9]*';

CREATE TRIGGER post_ref_begun AFTER INSERT ON post BEGIN
    INSERT INTO post_ref (post_id, photo_id)
    SELECT DISTINCT NEW.id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;
CREATE TRIGGER post_ref_edited AFTER UPDATE OF body ON post WHEN NEW.body <> OLD.body BEGIN
    DELETE FROM post_ref WHERE post_id = NEW.id AND channel_id = 0;
    INSERT INTO post_ref (post_id, photo_id)
    SELECT DISTINCT NEW.id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;
CREATE TRIGGER post_ref_varied AFTER INSERT ON post_variant BEGIN
    INSERT INTO post_ref (post_id, channel_id, photo_id)
    SELECT DISTINCT NEW.post_id, NEW.channel_id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;
CREATE TRIGGER post_ref_revaried AFTER UPDATE OF body ON post_variant BEGIN
    DELETE FROM post_ref WHERE post_id = NEW.post_id AND channel_id = NEW.channel_id;
    INSERT INTO post_ref (post_id, channel_id, photo_id)
    SELECT DISTINCT NEW.post_id, NEW.channel_id, CAST(value AS INTEGER)
    FROM json_each('[' || replace(json_quote(NEW.body), '(photo:', '","') || ']')
    WHERE key > 0 AND value GLOB '[0-9]*';
END;
CREATE TRIGGER post_ref_unvaried AFTER DELETE ON post_variant BEGIN
    DELETE FROM post_ref WHERE post_id = OLD.post_id AND channel_id = OLD.channel_id;
END;
