"""A PDF from outside: nothing in it may run, fetch, unfold or carry a program; one of two rooms that import pikepdf."""
