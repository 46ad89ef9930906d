-- What communes say of their own figures (right of reply). Rows are only added: the latest of a commune is in force, and one
-- without text withdraws what stood before.
CREATE TABLE commune_note (
    note_id INTEGER PRIMARY KEY,
    commune_code VARCHAR NOT NULL,
    author_role VARCHAR NOT NULL,
    note VARCHAR,
    written_at TIMESTAMP NOT NULL,
    CHECK (note IS NULL OR length(note) BETWEEN 1 AND 600)
);
