"""A section of the tool as a page: for parents, helpers and the municipality alike."""
