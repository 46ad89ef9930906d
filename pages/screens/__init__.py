"""The screens: one package each, with ``screen.py`` (what is drawn, in order) and its parts; no screen imports another."""
