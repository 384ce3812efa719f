"""Which rule, rate or reference holds on which date."""
