"""What a family sees: the start, its part of the form until it is handed in, agenda, consents, agreements, diary."""
