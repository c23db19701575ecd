"""What is said: words, facts, sentences and the prose that officers write."""
