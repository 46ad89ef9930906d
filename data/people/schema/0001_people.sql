-- One file beside the stores: who may do what is no version of the figures, and undo never gives a role back.
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL);

-- An account is a pseudonym: the provider's subject id under a key of this installation. Without a role it waits for one.
CREATE TABLE account (
    account TEXT PRIMARY KEY,
    role TEXT,
    communes TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

CREATE TABLE session (
    session TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (account),
    started_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT,
    address TEXT NOT NULL
);

-- Of a token only the hash of its secret part is kept.
CREATE TABLE token (
    token TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL,
    communes TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    used_at TEXT
);
