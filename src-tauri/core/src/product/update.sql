UPDATE product
SET name = ?2, brand = ?3, category = ?4, price = ?5, currency = ?6, url = ?7, fits = ?8, unfits = ?9,
    selling_points = ?10, shortcomings = ?11, supplier = ?12, note = ?13, stage = ?14, cover = iif(?15, ?16, cover),
    updated_at = ?17
WHERE id = ?1
