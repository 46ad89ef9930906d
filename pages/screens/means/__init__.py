"""The means screen and its parts."""
