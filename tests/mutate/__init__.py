"""Mutation of our own code: small faults put into it one at a time, each to be found by the unit tests that walk its line."""
