-- The index behind the primary key took 18 of the 25 MB of the file, copied with every snapshot. That nothing is said
-- twice is checked before a snapshot is published instead (data/snapshot_checks.py).
DROP VIEW current_observation;

ALTER TABLE observation RENAME TO observation_with_index;

CREATE TABLE observation (
    commune_code VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    variable VARCHAR NOT NULL,
    value DOUBLE,
    status VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    CHECK ((value IS NULL) = (status IN ('missing', 'not_applicable', 'suppressed')))
);

INSERT INTO observation SELECT * FROM observation_with_index;

DROP TABLE observation_with_index;

CREATE VIEW current_observation AS
SELECT o.*
FROM observation AS o
JOIN upload AS u USING (upload_id)
QUALIFY row_number() OVER (
    PARTITION BY o.commune_code, o.reference_date, o.variable
    ORDER BY (o.provenance = 'demonstration'), u.upload_number DESC
) = 1;
