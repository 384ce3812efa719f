"""The one gateway for files from outside: checked by content in a limited child, cleaned, scanned, or refused."""
