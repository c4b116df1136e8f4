SELECT composition.id AS "id!",
       composition.spec,
       (SELECT json_group_array(made.photo_id ORDER BY made.page)
        FROM composition_photo AS made
        JOIN photo ON photo.id = made.photo_id AND photo.trashed_at IS NULL
        WHERE made.composition_id = composition.id) AS "photos!: String",
       composition.created_at AS "created_at: Time",
       composition.updated_at AS "updated_at: Time"
FROM composition
WHERE (?1 IS NULL OR composition.id = ?1)
  AND (?2 IS NULL OR composition.id IN (SELECT composition_id FROM composition_photo WHERE photo_id = ?2))
ORDER BY composition.updated_at DESC, composition.id DESC
