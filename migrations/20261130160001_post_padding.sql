-- Pictures that a channel's frame would cut by more than a quarter go out whole, on white, instead of cropped. A row says so for one
-- post on one channel; without it the frame crops.
CREATE TABLE post_padding (
    post_id    INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,                   -- when it was asked for
    PRIMARY KEY (post_id, channel_id)
) STRICT, WITHOUT ROWID;
