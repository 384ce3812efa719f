"""What the case keeps of its journey: what was sent, reminded of, decided, called off, archived, and done by hand."""
