SELECT snapshot_id
FROM snapshot
WHERE action NOT IN (SELECT unnest($actions)) OR parent_id IS NULL
ORDER BY sequence DESC
LIMIT 1
