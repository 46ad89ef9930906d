"""The map screen and its parts."""
