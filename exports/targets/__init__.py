"""Archives and document systems: one folder for each, all behind contract.py."""
