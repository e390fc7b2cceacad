"""Companies, their numbers, and the life of their schemas."""
