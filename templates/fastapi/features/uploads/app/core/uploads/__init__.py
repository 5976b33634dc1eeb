"""Files from strangers: received, checked, made harmless and kept. Knows no user and no table."""
