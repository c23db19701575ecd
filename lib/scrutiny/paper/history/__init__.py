"""What was handed over before: seals, and what has changed since."""
