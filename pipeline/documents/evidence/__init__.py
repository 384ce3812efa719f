"""A file of evidence (bevisfil): what was signed, what happened and what it is checked with, without us and offline."""
