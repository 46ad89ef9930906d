SELECT commune_code, reference_date, variable, value, provenance
FROM current_observation
WHERE commune_code IN (SELECT unnest($territory))
  AND (variable IN (SELECT unnest($always))
       OR (commune_code IN (SELECT unnest($communes)) AND reference_date BETWEEN $first AND $last
           AND variable IN (SELECT unnest($variables))))
