-- A published figure that was changed or withdrawn, with its reason, and what was undone of it: rows are only added. The figure itself
-- is in the upload that the row names; of the person only the role and the pseudonym of the account are kept.
CREATE TABLE figure_correction (
    correction_id INTEGER PRIMARY KEY,
    commune_code VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    variable VARCHAR NOT NULL,
    step VARCHAR NOT NULL CHECK (step IN ('changed', 'withdrawn', 'undone')),
    value_before DOUBLE,
    value DOUBLE,
    reason VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    CHECK (length(reason) BETWEEN 1 AND 300)
);
