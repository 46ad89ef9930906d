"""The plan screen and its parts."""
