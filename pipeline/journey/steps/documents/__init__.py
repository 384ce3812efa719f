"""Documents that the engine makes: one module for each kind, put together in all_makers.py."""
