"""Charts and maps as pictures (Matplotlib), and the catalogue of those that screens offer."""
