"""Puts this folder on the path, so that the tests of every room find the cast and the walk."""
