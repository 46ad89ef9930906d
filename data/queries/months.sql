SELECT DISTINCT reference_date
FROM current_observation
JOIN variable USING (variable)
WHERE frequency = 'month' AND provenance <> $left_out AND commune_code IN (SELECT unnest($territory))
ORDER BY reference_date
