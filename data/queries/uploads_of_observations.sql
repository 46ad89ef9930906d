SELECT DISTINCT upload_id FROM observation WHERE commune_code IN (SELECT unnest($territory))
