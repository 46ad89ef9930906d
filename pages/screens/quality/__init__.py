"""The screen of what was sent, and its parts."""
