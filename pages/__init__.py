"""Everything a person looks at: screens, shared pieces, printed pages, routes."""
