"""Runs the steps of whatever is due: one try at a time, each either committed whole or not at all."""
