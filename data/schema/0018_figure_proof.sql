-- A document that proves the figures of a file for a commune: its hash, title, date and where it is kept; never the document. Rows are
-- only added: the latest of a commune, file and document says whether it is recorded or withdrawn.
CREATE TABLE figure_proof (
    proof_id INTEGER PRIMARY KEY,
    commune_code VARCHAR NOT NULL,
    upload_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    document_date DATE NOT NULL,
    kept_at VARCHAR NOT NULL,
    step VARCHAR NOT NULL CHECK (step IN ('recorded', 'withdrawn')),
    role VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    CHECK (length(sha256) = 64 AND length(title) BETWEEN 1 AND 160 AND length(kept_at) BETWEEN 1 AND 160)
);
