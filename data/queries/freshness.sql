SELECT v.sheet,
       count(*) FILTER (o.value IS NOT NULL) AS figures_count,
       count(*) FILTER (o.value IS NOT NULL AND o.provenance = 'demonstration') AS demonstration_count,
       max(o.reference_date) FILTER (o.value IS NOT NULL AND o.provenance <> 'demonstration') AS latest_real_date,
       count(DISTINCT o.commune_code) FILTER (o.value IS NOT NULL AND o.provenance <> 'demonstration') AS communes_with_real_count
FROM variable AS v
LEFT JOIN current_observation AS o ON o.variable = v.variable AND o.commune_code IN (SELECT unnest($territory))
GROUP BY v.sheet
ORDER BY v.sheet
