"""The scenarios screen and its parts."""
