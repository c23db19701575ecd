"""What it is worth: ratings, direction of travel and benchmark positions, as exact scalar functions."""
