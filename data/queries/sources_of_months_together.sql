-- Of all communes together few rows of a month are left, before names are looked up for them.
WITH cited AS (
    SELECT variable, provenance, source, upload_id, reference_date
    FROM current_observation
    WHERE list_contains($months, reference_date)
      AND commune_code IN (SELECT unnest($territory))
      AND provenance <> $left_out
    GROUP BY ALL
)
SELECT c.variable, c.provenance, c.source, u.file_name, c.reference_date
FROM cited AS c
JOIN upload AS u USING (upload_id)
JOIN variable AS v USING (variable)
WHERE v.frequency = $monthly
GROUP BY ALL
ORDER BY ALL
