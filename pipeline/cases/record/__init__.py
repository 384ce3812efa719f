"""What a case is: people with dates, append-only events, and the state that is computed from them. No I/O."""
