"""The accounts screen and its parts."""
