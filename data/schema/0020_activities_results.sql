-- Activities and results, each table a register: rows are states of a thing and are only added. Figures stand as they were
-- written, so that an export comes back equal; an empty one is not known, never zero.

CREATE TABLE result_indicator (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    objective VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    baseline VARCHAR NOT NULL,
    baseline_date VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    target_date VARCHAR NOT NULL,
    disaggregation VARCHAR NOT NULL,
    verification VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE result_achievement (
    row_number INTEGER NOT NULL,
    result_code VARCHAR NOT NULL,
    achieved VARCHAR NOT NULL,
    women VARCHAR NOT NULL,
    men VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    verification VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE activity (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    result_code VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    year VARCHAR NOT NULL,
    quarters VARCHAR NOT NULL,
    budget_line VARCHAR NOT NULL,
    budget_mad VARCHAR NOT NULL,
    spent_mad VARCHAR NOT NULL,
    responsible VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    progress_pct VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    verification VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE initiative (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    association VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    project VARCHAR NOT NULL,
    need VARCHAR NOT NULL,
    units VARCHAR NOT NULL,
    amount_mad VARCHAR NOT NULL,
    state_share_mad VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    seeks VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE animator_post (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    douars VARCHAR NOT NULL,
    douar_count VARCHAR NOT NULL,
    households VARCHAR NOT NULL,
    languages VARCHAR NOT NULL,
    visits_planned VARCHAR NOT NULL,
    visits_held VARCHAR NOT NULL,
    noticed VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE training_level (
    row_number INTEGER NOT NULL,
    commune_code VARCHAR NOT NULL,
    post VARCHAR NOT NULL,
    skill VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    agents VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE training_session (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    skill VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    hours VARCHAR NOT NULL,
    seats VARCHAR NOT NULL,
    women VARCHAR NOT NULL,
    men VARCHAR NOT NULL,
    rated_good VARCHAR NOT NULL,
    rated_fair VARCHAR NOT NULL,
    rated_poor VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE eligibility_count (
    row_number INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL,
    douar VARCHAR NOT NULL,
    assessed VARCHAR NOT NULL,
    eligible VARCHAR NOT NULL,
    main_reason VARCHAR NOT NULL,
    appeals VARCHAR NOT NULL,
    appeals_upheld VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE commitment (
    row_number INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    meeting_date VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    commitment VARCHAR NOT NULL,
    due_date VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    verification VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

CREATE TABLE report_text (
    row_number INTEGER NOT NULL,
    period VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    chapter VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);
