"""The figures of one snapshot, loaded and cached, as screens, papers and routes read them."""
