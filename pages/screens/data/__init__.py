"""The data screen and its parts."""
