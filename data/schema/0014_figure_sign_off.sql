-- Who signed off a commune's month: rows are only added, the latest of a commune and month is in force as long as the figures are
-- those that it was given for (their digest). Of the person only the role and the pseudonym of the account are kept.
CREATE TABLE figure_sign_off (
    sign_off_id INTEGER PRIMARY KEY,
    commune_code VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    step VARCHAR NOT NULL CHECK (step IN ('submitted', 'validated', 'returned')),
    role VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    figures VARCHAR NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    CHECK (length(reason) <= 300 AND (step = 'returned') = (reason <> ''))
);
