-- What a council decided in a session: rows are added and never changed; what is withdrawn is named in the second table.
CREATE TABLE decision (
    decision_id VARCHAR PRIMARY KEY,
    subject VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    text VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    due_date DATE,
    base_snapshot_id VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    CHECK (length(text) BETWEEN 1 AND 400 AND length(responsible) <= 120)
);

CREATE TABLE decision_withdrawal (
    decision_id VARCHAR PRIMARY KEY,
    withdrawn_at TIMESTAMP NOT NULL
);
