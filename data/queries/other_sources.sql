SELECT o.commune_code, o.variable, o.value
FROM observation AS o
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
JOIN current_observation AS c USING (commune_code, reference_date, variable)
WHERE o.commune_code IN (SELECT unnest($territory))
  AND o.reference_date = $month
  AND v.frequency = $monthly
  AND o.provenance <> $demonstration
  AND o.provenance <> c.provenance
  AND c.provenance <> $demonstration
  AND o.value IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY o.commune_code, o.variable ORDER BY u.upload_number DESC) = 1
ORDER BY o.commune_code, o.variable
