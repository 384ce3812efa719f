"""Pages on which people sign an agreement, and on which the municipality follows it."""
