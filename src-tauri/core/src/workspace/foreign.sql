-- Every field of the database that becomes a path, an address or the name of something outside, where it is not as this program
-- writes it. `grave`: it could lead out of the workspace; nothing that was written here ever looks like it.
-- Texts that become HTML or SVG are none of these: every writer escapes what it writes.
SELECT field AS "field!: String", id AS "id!: i64", value AS "value!: String", grave AS "grave!: bool"
FROM (
    -- Paths: photos/<hash>.<format>, its thumbnail, its preview, its retouched pictures.
    SELECT 'photo.hash' AS field, id, CAST(hash AS TEXT) AS value, 1 AS grave FROM photo
    WHERE length(hash) <> 64 OR hash GLOB '*[^0-9a-f]*'
    UNION ALL
    SELECT 'photo.format', id, CAST(format AS TEXT), 1 FROM photo
    WHERE length(format) NOT BETWEEN 1 AND 8 OR format GLOB '*[^a-z0-9]*'
    UNION ALL
    SELECT 'photo_theirs.hash', 0, CAST(hash AS TEXT), 1 FROM photo_theirs
    WHERE length(hash) <> 64 OR hash GLOB '*[^0-9a-f]*'
    UNION ALL
    SELECT 'photo_leftover.hash', 0, CAST(hash AS TEXT), 1 FROM photo_leftover
    WHERE length(hash) <> 64 OR hash GLOB '*[^0-9a-f]*'
    UNION ALL
    SELECT 'photo_leftover.format', 0, CAST(format AS TEXT), 1 FROM photo_leftover
    WHERE length(format) NOT BETWEEN 1 AND 8 OR format GLOB '*[^a-z0-9]*'
    UNION ALL
    -- File names: a bundle's folder and the QR codes in it.
    SELECT 'post.code', id, CAST(code AS TEXT), 1 FROM post
    WHERE length(code) NOT BETWEEN 1 AND 16 OR code GLOB '*[^0-9A-Za-z]*'
    UNION ALL
    SELECT 'link.code', id, CAST(code AS TEXT), 1 FROM link
    WHERE length(code) NOT BETWEEN 1 AND 24 OR code GLOB '*[^0-9A-Za-z]*'
    UNION ALL
    SELECT 'channel.platform', id, CAST(platform AS TEXT), 1 FROM channel
    WHERE length(platform) NOT BETWEEN 1 AND 32 OR platform GLOB '*[^a-z0-9_]*'
    UNION ALL
    -- A path that is shown in the file manager: inside the workspace without a detour; or where it was written to, on a disk of this
    -- computer (a network name would be asked for a password when it is looked at).
    SELECT 'bundle.path', id, CAST(path AS TEXT), 1 FROM bundle
    WHERE path LIKE '\\%' OR path LIKE '//%' OR path GLOB '..' OR path GLOB '../*' OR path GLOB '..\*'
       OR path GLOB '*/..' OR path GLOB '*\..' OR path GLOB '*/../*' OR path GLOB '*[/\]..[/\]*'
    UNION ALL
    -- Addresses: opened in a browser, printed in a QR code, asked for orders. Older versions kept what was typed.
    SELECT 'product.url', id, url, 0 FROM product
    WHERE url <> '' AND url NOT LIKE 'https://_%' AND url NOT LIKE 'http://_%'
    UNION ALL
    SELECT 'link.destination', id, destination, 0 FROM link
    WHERE destination <> '' AND destination NOT LIKE 'https://_%' AND destination NOT LIKE 'http://_%'
    UNION ALL
    SELECT 'link.url', id, url, 0 FROM link
    WHERE url <> '' AND url NOT LIKE 'https://_%' AND url NOT LIKE 'http://_%'
    UNION ALL
    -- (Of a publication any words are kept that were pasted; only another scheme is none of ours.)
    SELECT 'publication.url', id, url, 0 FROM publication
    WHERE url LIKE '\\%' OR url LIKE '//%'
       OR (instr(url, ':') > 1 AND substr(url, 1, instr(url, ':') - 1) NOT GLOB '*[^a-zA-Z0-9+-]*'
           AND url NOT LIKE 'https:%' AND url NOT LIKE 'http:%')
    UNION ALL
    SELECT 'shop.url', id, url, 0 FROM shop
    WHERE url <> '' AND url NOT LIKE 'https://_%' AND url NOT LIKE 'http://_%'
    UNION ALL
    -- Names of environment variables whose content is sent to the shop.
    SELECT 'shop.key_env', id, key_env, 0 FROM shop
    WHERE key_env GLOB '*[^0-9A-Za-z_]*'
    UNION ALL
    SELECT 'shop.secret_env', id, secret_env, 0 FROM shop
    WHERE secret_env GLOB '*[^0-9A-Za-z_]*'
)
ORDER BY grave DESC, field, id
LIMIT 1000
