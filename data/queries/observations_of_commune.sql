SELECT o.variable, o.reference_date, o.value, o.status, o.provenance, o.reliability, o.source, o.cell, u.file_name, u.uploaded_at
FROM current_observation AS o
JOIN upload AS u USING (upload_id)
WHERE o.commune_code = $commune_code
  AND o.provenance <> $left_out
  AND o.commune_code IN (SELECT unnest($territory))
  AND o.variable IN (SELECT unnest($variables))
ORDER BY o.variable, o.reference_date
