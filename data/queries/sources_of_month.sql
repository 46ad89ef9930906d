-- The month is looked for before what is in force is worked out of it: of figures that others replace a month has few.
SELECT o.commune_code, o.variable, o.provenance, o.source, u.file_name, o.reference_date
FROM current_observation AS o
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
WHERE o.reference_date = $month
  AND v.frequency = $monthly
  AND o.commune_code IN (SELECT unnest($territory))
  AND o.provenance <> $left_out
ORDER BY o.commune_code, o.variable
