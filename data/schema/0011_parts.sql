-- Order by a number and not by a clock, which may go back.
ALTER TABLE snapshot ADD COLUMN sequence INTEGER;

UPDATE snapshot
SET sequence = numbered.sequence
FROM (SELECT snapshot_id, row_number() OVER (ORDER BY created_at, snapshot_id) AS sequence FROM snapshot) AS numbered
WHERE snapshot.snapshot_id = numbered.snapshot_id;

-- Figures lie in files of their own (data/keeping/parts.py); a snapshot names those that it holds, and what is in each.
CREATE TABLE observation_part (
    file_name VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    communes VARCHAR[] NOT NULL,
    variables VARCHAR[] NOT NULL
);
