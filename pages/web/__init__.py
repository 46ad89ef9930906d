"""The HTTP side: health, printable sheets, read-only API, middleware."""
