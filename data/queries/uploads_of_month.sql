SELECT o.commune_code, o.variable, o.upload_id, u.file_name
FROM current_observation AS o
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
WHERE o.commune_code IN (SELECT unnest($territory))
  AND o.reference_date = $month
  AND v.frequency = $monthly
  AND o.provenance <> $demonstration
ORDER BY o.commune_code, o.variable
