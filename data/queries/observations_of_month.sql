SELECT commune_code, reference_date, variable, value, status, provenance, reliability, source, cell, upload_id
FROM current_observation
WHERE commune_code IN (SELECT unnest($territory)) AND provenance <> $left_out AND reference_date = $month
ORDER BY commune_code, variable
