SELECT digest
FROM snapshot_definitions
WHERE snapshot_id = $snapshot_id
