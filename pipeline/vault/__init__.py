"""Keys, and encryption at rest: what is kept opens only here, and only in the place where it was put."""
