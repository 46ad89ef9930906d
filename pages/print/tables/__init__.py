"""Tables as CSV and Excel workbooks, with the notes that travel with them."""
