"""The one room that reads definitions: YAML in, frozen value types out, every slip told with its file, its line and what to do."""
