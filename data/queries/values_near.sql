-- Lists are asked with a function: a join with them would be made after the newest figure of everything that the store holds is found.
SELECT commune_code, reference_date, variable, value, provenance
FROM current_observation
WHERE list_contains($territory, commune_code)
  AND (list_contains($always, variable)
       OR (list_contains($communes, commune_code) AND reference_date BETWEEN $first AND $last
           AND list_contains($variables, variable)))
