"""A department of the tests whose people look whether the hall is in order."""
