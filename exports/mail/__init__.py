"""Mail that tells somebody that there is something new, and nothing of what it is; its ways are behind contract.py."""
