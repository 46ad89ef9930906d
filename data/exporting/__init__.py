"""What leaves the store: the template that communes fill, the full export, text that no spreadsheet runs."""
