"""People: who signs in, with which role, for which communes; sessions and tokens; what each may see and write."""
