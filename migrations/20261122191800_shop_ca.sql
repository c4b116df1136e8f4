-- A shop whose certificate no public authority signed: its own authority's certificates, so that the connection can still be checked.
ALTER TABLE shop ADD COLUMN ca TEXT NOT NULL DEFAULT ''; -- PEM; '' = the public authorities
