-- Contingency plans of communes. Texts are only added: the latest of a commune, language and chapter is in force, and one
-- without words takes away what stood before. A version names what it was made on; it holds the texts written until then.
CREATE TABLE plan_text (
    text_id INTEGER PRIMARY KEY,
    commune_code VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    chapter VARCHAR NOT NULL,
    words VARCHAR,
    written_at TIMESTAMP NOT NULL,
    CHECK (words IS NULL OR length(words) BETWEEN 1 AND 4000)
);

CREATE TABLE plan_version (
    commune_code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    scenario VARCHAR NOT NULL,
    assumptions VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    remark VARCHAR NOT NULL,
    base_snapshot_id VARCHAR NOT NULL,
    base_figures VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (commune_code, version),
    CHECK (version >= 1 AND length(remark) <= 160)
);
