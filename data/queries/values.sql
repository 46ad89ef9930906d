SELECT commune_code, reference_date, variable, value, provenance
FROM current_observation
WHERE commune_code IN (SELECT unnest($territory))
