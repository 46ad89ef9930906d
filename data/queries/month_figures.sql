SELECT o.commune_code,
       md5(string_agg(o.variable || '=' || coalesce(CAST(o.value AS VARCHAR), '') || '/' || o.status, ';' ORDER BY o.variable)) AS figures
FROM current_observation AS o
JOIN variable AS v USING (variable)
WHERE o.commune_code IN (SELECT unnest($territory))
  AND o.reference_date = $month
  AND v.frequency = $monthly
  AND o.provenance <> $demonstration
GROUP BY o.commune_code
ORDER BY o.commune_code
