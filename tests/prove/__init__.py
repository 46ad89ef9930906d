"""Long proofs, apart from the tests: what holds for a sample there holds here for hundreds of kills, damages and broken files."""
