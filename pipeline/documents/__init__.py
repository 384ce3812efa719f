"""From answers to documents: merge, convert, finish, seal, verify."""
