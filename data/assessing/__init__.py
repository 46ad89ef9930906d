"""Assessing a folder of Parquet files outside of the store: part by part, by whatever engine, to Parquet files again."""
