"""Ways to a person: one module for each, all behind contract.py."""
