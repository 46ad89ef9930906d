-- The definitions that figures were computed with: one row a digest, whoever names it. A snapshot made before has none, and is
-- computed with those of the files. Without keys: the index behind each would take a quarter of a megabyte of every snapshot.
CREATE TABLE definition_set (
    digest VARCHAR NOT NULL,
    method_version VARCHAR NOT NULL,
    contents VARCHAR NOT NULL,
    kept_at TIMESTAMP NOT NULL
);

CREATE TABLE snapshot_definitions (
    snapshot_id VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);

-- What a version of a plan was costed with: its definitions, and the unit costs that were edited when it was saved.
CREATE TABLE plan_version_definitions (
    commune_code VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    costs VARCHAR NOT NULL
);
