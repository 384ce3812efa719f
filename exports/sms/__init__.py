"""A text message that tells somebody that there is something new, and nothing of what it is; ways: contract.py."""
