"""The hearing (høring) of a visit's report: what can happen in it, and what follows from that."""
