"""Files as people send them, and what must be read of them."""
