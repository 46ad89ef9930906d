"""The screen of support: who helps where, against what is missing."""
