"""All texts as rows that an editor can correct: where each is seen, who reviewed it, out to a spreadsheet and back."""
