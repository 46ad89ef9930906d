-- A dated fact of reconstruction with its source: rows are added and never changed; what is withdrawn is named in the second table.
CREATE TABLE reconstruction_fact (
    fact_id VARCHAR PRIMARY KEY,
    place VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    value VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    CHECK (length(source) BETWEEN 1 AND 300)
);

CREATE TABLE reconstruction_fact_withdrawal (
    fact_id VARCHAR PRIMARY KEY,
    withdrawn_at TIMESTAMP NOT NULL
);
