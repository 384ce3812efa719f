"""What the family is told of a visit: its page, the file for a calendar, and whether mail says that there is news."""
