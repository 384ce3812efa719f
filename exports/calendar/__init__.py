"""Appointments as calendar files."""
