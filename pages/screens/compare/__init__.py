"""The compare screen and its parts."""
