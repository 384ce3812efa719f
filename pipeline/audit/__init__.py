"""Who read or wrote what and when, so that nobody can change, remove or add a line unseen."""
