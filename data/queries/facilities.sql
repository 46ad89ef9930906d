SELECT facility_id, commune_code, sector, kind, name, latitude, longitude, capacity, capacity_unit, functional_status, status_reason,
       reference_date, provenance, reliability, source, cell, upload_id
FROM current_facility
WHERE commune_code IN (SELECT unnest($territory))
ORDER BY commune_code, facility_id, reference_date
