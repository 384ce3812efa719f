"""A case: the people in it and what they have answered."""
