UPDATE review
SET text = ?2, rating = ?3, reasons = ?4, returned = ?5, sensitivity = ?6, declined = ?7, consent = ?8, source = ?9, note = ?10,
    said_on = ?11
WHERE id = ?1
