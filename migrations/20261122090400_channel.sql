-- Places to publish. What a platform allows is a rule pack in the core; a user's own figure is a row here and wins.
CREATE TABLE channel (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    platform   TEXT    NOT NULL,                    -- id of a rule pack: xiaohongshu, wechat_article …
    name       TEXT    NOT NULL,                    -- 小红书 · 小鹿
    own_shop   INTEGER NOT NULL DEFAULT 0 CHECK (own_shop IN (0, 1)), -- account name shows it is the seller's own (可识别性执法指南 8(2))
    archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (platform, name)
) STRICT;

CREATE TABLE channel_override (
    platform   TEXT    NOT NULL,
    rule       TEXT    NOT NULL,                    -- rule id of the pack, such as xiaohongshu.title
    value      TEXT    NOT NULL,                    -- JSON: a number for a limit, yes|no|unverified for a permission
    reason     TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    PRIMARY KEY (platform, rule)
) STRICT, WITHOUT ROWID;
