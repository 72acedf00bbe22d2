"""Customer cards: a department of the tests that stands on the shop."""
