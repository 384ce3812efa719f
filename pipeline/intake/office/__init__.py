"""A Word or Excel file from outside: the package check that templates go through, and what only uploads can bring."""
