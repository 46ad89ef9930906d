SELECT o.commune_code, o.reference_date, v.sheet, min(u.uploaded_at) AS first_at, max(u.uploaded_at) AS last_at
FROM observation AS o
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
WHERE o.commune_code IN (SELECT unnest($territory))
  AND v.frequency = $monthly
  AND o.provenance <> $demonstration
  AND u.kind = $kind
GROUP BY ALL
ORDER BY o.commune_code, o.reference_date, v.sheet
