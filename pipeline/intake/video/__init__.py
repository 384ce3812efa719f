"""A short video from outside: its structure is read in pure Python and its metadata is blanked in place."""
