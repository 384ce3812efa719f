"""The way out: plain data in, files out. Knows no case, no definition and no Flask."""
