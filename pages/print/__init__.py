"""What leaves the screen: sheet, charts, table files."""
