SELECT name, definition, base_snapshot_id, base_figures, CAST(saved_at AS VARCHAR) AS saved_at FROM scenario ORDER BY name
