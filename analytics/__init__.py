"""The meaning of the figures: pure functions over DataFrames, no screen, no SQL, no file."""
