"""What leaves the store: the template that communes fill, the full export, protection against formula injection."""
