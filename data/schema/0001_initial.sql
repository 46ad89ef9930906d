CREATE TABLE snapshot (
    snapshot_id VARCHAR PRIMARY KEY,
    parent_id VARCHAR,
    created_at TIMESTAMP NOT NULL,
    action VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);

CREATE TABLE commune (
    commune_code VARCHAR PRIMARY KEY,
    name_fr VARCHAR NOT NULL,
    name_ar VARCHAR NOT NULL,
    area_type VARCHAR NOT NULL,
    cercle_code VARCHAR NOT NULL,
    cercle_fr VARCHAR NOT NULL,
    cercle_ar VARCHAR NOT NULL,
    group_code VARCHAR NOT NULL,
    in_programme BOOLEAN NOT NULL,
    centroid_lat DOUBLE,
    centroid_lng DOUBLE
);

CREATE TABLE variable (
    variable VARCHAR PRIMARY KEY,
    sheet VARCHAR NOT NULL,
    frequency VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    label_fr VARCHAR NOT NULL,
    label_ar VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    hxl VARCHAR NOT NULL
);

CREATE TABLE norm (
    norm_id VARCHAR NOT NULL,
    effective_from DATE NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    last_value_still_valid_on DATE,
    PRIMARY KEY (norm_id, effective_from)
);

CREATE TABLE upload (
    upload_id VARCHAR PRIMARY KEY,
    upload_number INTEGER NOT NULL UNIQUE,
    kind VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    uploaded_at TIMESTAMP NOT NULL,
    title VARCHAR NOT NULL,
    source_url VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    cells_in INTEGER NOT NULL,
    cells_kept INTEGER NOT NULL,
    cells_set_aside INTEGER NOT NULL
);

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
    PRIMARY KEY (commune_code, reference_date, variable, upload_id),
    CHECK ((value IS NULL) = (status IN ('missing', 'not_applicable', 'suppressed')))
);

-- The figure in force: anything real before demonstration, then the newest upload.
CREATE VIEW current_observation AS
SELECT o.*
FROM observation AS o
JOIN upload AS u USING (upload_id)
QUALIFY row_number() OVER (
    PARTITION BY o.commune_code, o.reference_date, o.variable
    ORDER BY (o.provenance = 'demonstration'), u.upload_number DESC
) = 1;
