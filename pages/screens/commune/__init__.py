"""The commune screen and its parts."""
