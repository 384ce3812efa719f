"""Answers into Word: templates are checked, compiled once and rendered in a limited child process."""
