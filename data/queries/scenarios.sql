SELECT name, definition, base_snapshot_id, base_figures, saved_at FROM scenario ORDER BY name
