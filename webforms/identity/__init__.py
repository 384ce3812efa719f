"""Who somebody is, how they proved it, and what they may do: one table, one guard in front of every address."""
