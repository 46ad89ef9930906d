CREATE TABLE movement (
    reference_date DATE NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('arrival', 'return', 'relocation')),
    origin_code VARCHAR NOT NULL,
    destination_code VARCHAR NOT NULL,
    home_code VARCHAR NOT NULL,
    persons DOUBLE,
    status VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    PRIMARY KEY (reference_date, kind, origin_code, destination_code, home_code, upload_id),
    CHECK ((persons IS NULL) = (status IN ('missing', 'not_applicable', 'suppressed')))
);

CREATE TABLE facility (
    facility_id VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    sector VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    latitude DOUBLE,
    longitude DOUBLE,
    capacity DOUBLE,
    capacity_unit VARCHAR NOT NULL,
    functional_status VARCHAR NOT NULL,
    status_reason VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    PRIMARY KEY (facility_id, reference_date, upload_id),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);

-- The movement in force: the newest upload. Books of real people and of demonstration do not mix: once a real movement is
-- known of people from a commune, the demonstration movements of people from there give way, or more would leave than came.
CREATE VIEW current_movement AS
SELECT m.*
FROM movement AS m
JOIN upload AS u USING (upload_id)
WHERE m.provenance <> 'demonstration'
   OR m.home_code NOT IN (SELECT r.home_code FROM movement AS r WHERE r.provenance <> 'demonstration')
QUALIFY row_number() OVER (
    PARTITION BY m.reference_date, m.kind, m.origin_code, m.destination_code, m.home_code
    ORDER BY u.upload_number DESC
) = 1;

-- What is known of a facility in a month: anything real before demonstration, then the newest upload.
CREATE VIEW current_facility AS
SELECT f.*
FROM facility AS f
JOIN upload AS u USING (upload_id)
QUALIFY row_number() OVER (
    PARTITION BY f.facility_id, f.reference_date
    ORDER BY (f.provenance = 'demonstration'), u.upload_number DESC
) = 1;
