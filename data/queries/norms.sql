SELECT * FROM norm ORDER BY norm_id, effective_from
