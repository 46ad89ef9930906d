"""The methods screen and its parts."""
