-- A norm holds one value a profile and date.
CREATE TEMPORARY TABLE norm_before AS SELECT * FROM norm;

DROP TABLE norm;

CREATE TABLE norm (
    norm_id VARCHAR NOT NULL,
    profile VARCHAR NOT NULL,
    effective_from DATE NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    last_value_still_valid_on DATE,
    PRIMARY KEY (norm_id, profile, effective_from)
);

INSERT INTO norm
SELECT norm_id, 'planning', effective_from, value, unit, status, source, last_value_still_valid_on
FROM norm_before;

DROP TABLE norm_before;
