"""The read-only API: tables with their lineage in every form of exchange, maps and charts as files, and the document that says so."""
