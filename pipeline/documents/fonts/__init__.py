"""Which fonts the documents may use: one set for checking templates, for drawing and for what cannot be drawn."""
