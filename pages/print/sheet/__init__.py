"""The printable sheet of a commune: what is on it, as HTML and PDF, alone or many at once."""
