SELECT commune_code, version, scenario, assumptions, reference_date, remark, base_snapshot_id, base_figures, saved_at
FROM plan_version
WHERE commune_code IN (SELECT unnest($territory))
ORDER BY commune_code, version
