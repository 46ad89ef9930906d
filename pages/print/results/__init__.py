"""Tables of activities and results: the same blocks on the screen and in the half-year report."""
