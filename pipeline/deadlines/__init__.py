"""Deadlines in Danish working days: which days count, how long each deadline is, and the instant at which it ends."""
