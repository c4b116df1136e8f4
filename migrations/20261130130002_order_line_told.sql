-- What the row of an export said of its line, as JSON: a later, partial file is laid over it and blanks nothing.
ALTER TABLE order_line ADD COLUMN told TEXT NOT NULL DEFAULT ''; -- empty = the source tells whole orders, or an earlier version wrote it
