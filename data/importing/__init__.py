"""From an uploaded file to checked observations: nothing here writes to the store."""
