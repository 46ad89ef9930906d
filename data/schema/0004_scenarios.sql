-- A scenario saved by name: its definition as JSON, the snapshot it was made on, and what that snapshot said, as JSON.
CREATE TABLE scenario (
    name VARCHAR PRIMARY KEY,
    definition VARCHAR NOT NULL,
    base_snapshot_id VARCHAR NOT NULL,
    base_figures VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    CHECK (length(name) BETWEEN 1 AND 80)
);
