"""The half-year report, filled from the data between two months, with own words by chapter."""
