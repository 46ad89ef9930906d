"""What is said: sentences and rows that screens, paper, slides and the API share; no Streamlit, no file format."""
