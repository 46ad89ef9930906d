SELECT commune_code, CAST(version AS VARCHAR) AS version, scenario, assumptions, CAST(reference_date AS VARCHAR) AS reference_date, remark,
       base_snapshot_id, base_figures, CAST(saved_at AS VARCHAR) AS saved_at
FROM plan_version
ORDER BY commune_code, plan_version.version
