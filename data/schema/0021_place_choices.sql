-- Choices of communes and douars by stated criteria, saved by name: a register, rows are states of a choice and are only added.
CREATE TABLE place_choice (
    row_number INTEGER NOT NULL,
    about VARCHAR NOT NULL,
    choice_name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    justification VARCHAR NOT NULL,
    territory VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    weights VARCHAR NOT NULL,
    least VARCHAR NOT NULL,
    without VARCHAR NOT NULL,
    retain VARCHAR NOT NULL,
    reference_date DATE NOT NULL,
    provenance VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    withdrawn VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);
