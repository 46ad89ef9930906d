-- Sites where displaced people stay: counts by place and month. No list of sites comes with the project: the table begins empty.
CREATE TABLE displaced_site (
    site_id VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    site_name VARCHAR NOT NULL,
    latitude DOUBLE,
    longitude DOUBLE,
    households DOUBLE,
    persons DOUBLE,
    status VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    PRIMARY KEY (site_id, reference_date, upload_id),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
