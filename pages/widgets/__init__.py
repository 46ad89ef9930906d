"""Streamlit pieces that screens share: the session state, buttons, lists and maps."""
