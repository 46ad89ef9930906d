-- Layouts of files for which a person confirmed what they only suggest (a month in a title): the same is not asked again.
CREATE TABLE confirmed_layout (
    layout VARCHAR PRIMARY KEY,
    upload_id VARCHAR NOT NULL,
    confirmed_at TIMESTAMP NOT NULL
);
