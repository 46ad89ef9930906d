SELECT o.commune_code, o.variable, o.provenance, o.source, u.file_name, max(o.reference_date) AS reference_date
FROM current_observation AS o
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
WHERE v.frequency <> $monthly
  AND o.commune_code IN (SELECT unnest($territory))
  AND o.provenance <> $left_out
GROUP BY ALL
ORDER BY o.commune_code, o.variable, reference_date
