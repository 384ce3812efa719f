"""Paper and back: the tool as PDF, Word and Excel forms to fill in offline, and the way home, field by field."""
