SELECT * FROM norm ORDER BY norm_id, profile, effective_from
