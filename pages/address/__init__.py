"""What an address holds, read and written: selection, assumptions, scenario; no Streamlit."""
