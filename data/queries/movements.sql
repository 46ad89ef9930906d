SELECT reference_date, kind, origin_code, destination_code, home_code, persons, status, provenance, reliability, source, cell, upload_id
FROM current_movement
WHERE origin_code IN (SELECT unnest($territory)) OR destination_code IN (SELECT unnest($territory))
ORDER BY reference_date, kind, origin_code, destination_code, home_code
