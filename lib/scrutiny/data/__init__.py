"""What is known: definitions, settings and rows, read strictly and checked."""
