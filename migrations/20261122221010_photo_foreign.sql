-- What brands and buyers took is asked for whenever photos are weighed: without a walk over the whole library.
CREATE INDEX photo_foreign ON photo (fingerprint, kind, made) WHERE source IN ('brand', 'buyer');
