SELECT commune_code, reference_date, variable, value, status, provenance, reliability, source, cell, upload_id
FROM current_observation
WHERE commune_code IN (SELECT unnest($territory))
  AND reference_date = $month
  AND variable = $variable
  AND provenance <> $demonstration
