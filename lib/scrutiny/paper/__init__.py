"""What is handed over: the paper model, its parts, and how they become HTML and Word."""
