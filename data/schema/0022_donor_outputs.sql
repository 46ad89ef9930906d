-- Which results count for a donor's common output indicator: a register like the others (0020).

CREATE TABLE donor_output (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    donor VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    results VARCHAR NOT NULL,
    verified VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);
