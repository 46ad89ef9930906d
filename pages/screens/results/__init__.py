"""The screen of activities and results."""
