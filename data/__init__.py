"""What is known, and how it gets in and out: store, importing, exporting, definitions, texts."""
