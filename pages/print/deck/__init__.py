"""The slides of a commune (PPTX)."""
