"""A commune's contingency plan: its chapters as neutral blocks, then as PDF, as Word document and on the screen."""
