"""Where the tables of a file stand, and what each of their columns holds."""
