SELECT * FROM commune WHERE commune_code IN (SELECT unnest($territory)) ORDER BY commune_code
