"""What the rule book says of notes."""

LONGEST = 200  # characters
