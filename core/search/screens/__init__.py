"""The search of everything: a box in the top bar, a page and a REST call."""
